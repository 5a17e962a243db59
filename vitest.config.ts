import { defineConfig } from "vitest/config";

// The test level stands in the file name: x.test.ts (pure), x.int.test.ts (real Postgres, Redis, git), x.e2e.test.ts (the whole system).
const folders = "{packages,services,dev}/*";
// A Postgres and a Redis per project that has files to run.
const servers = ["packages/testing/src/global-setup.ts"];
// These measure, or take the whole machine; the others mostly wait for deadlines, two at a time.
const alone = ["dev/test/**/*.browser.e2e.test.ts", "dev/test/{chaos,flood,fuzz}.e2e.test.ts"];
const wholeSystem = {
  setupFiles: ["dev/test/tell-logs.ts"],
  testTimeout: 120_000,
  hookTimeout: 240_000,
};
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
          ...wholeSystem,
          name: "e2e",
          include: ["dev/test/**/*.e2e.test.ts"],
          exclude: alone,
          server: inlineGithubParsers,
          globalSetup: servers,
          sequence: { groupOrder: 2 },
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...wholeSystem,
          name: "e2e-alone",
          include: alone,
          server: inlineGithubParsers,
          globalSetup: servers,
          sequence: { groupOrder: 3 },
          fileParallelism: false,
        },
      },
    ],
  },
});
