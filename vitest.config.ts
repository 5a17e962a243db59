import { defineConfig } from "vitest/config";

// The test level stands in the file name: x.test.ts (pure), x.int.test.ts (real Postgres, Redis, git), x.e2e.test.ts (the whole system).
const folders = "{packages,services,dev}/*";
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
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["dev/test/**/*.e2e.test.ts"],
          server: inlineGithubParsers,
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
