import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

test("an empty environment gives the defaults", () => {
  expect(readConfig({})).toMatchObject({
    ok: true,
    config: { port: 3001, host: "127.0.0.1", data_dir: ".local-github" },
  });
});

test("every fault is reported at once, with its variable", () => {
  const read = readConfig({
    LOCAL_GITHUB_PORT: "99999",
    LOCAL_GITHUB_WEBHOOK_URL: "ftp://x",
    LOCAL_GITHUB_PUBLIC_URL: "nowhere",
  });
  expect(read.ok ? [] : read.faults.map(({ variable }) => variable).sort()).toEqual([
    "LOCAL_GITHUB_PORT",
    "LOCAL_GITHUB_PUBLIC_URL",
    "LOCAL_GITHUB_WEBHOOK_URL",
    "LOCAL_GITHUB_WEBHOOK_URL",
  ]);
});
