import { defineConfig } from "vitest/config";

// The test level stands in the file name: x.test.ts (pure), x.int.test.ts (real Postgres, Redis, git), x.e2e.test.ts (the whole system).
const folders = "{packages,services,dev}/*";
// A Postgres and a Redis per project that has files to run.
const servers = ["packages/testing/src/global-setup.ts"];
const inlineGithubParsers = { deps: { inline: [/@actions\//] } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [`${folders}/src/**/*.test.ts`, "dev/src/**/*.test.ts", "scripts/*.test.mjs"],
          server: inlineGithubParsers,
        },
      },
      {
        test: {
          name: "int",
          include: [`${folders}/test/**/*.int.test.ts`, "dev/test/**/*.int.test.ts"],
          server: inlineGithubParsers,
          globalSetup: servers,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["dev/test/**/*.e2e.test.ts"],
          setupFiles: ["dev/test/tell-logs.ts"],
          server: inlineGithubParsers,
          globalSetup: servers,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
