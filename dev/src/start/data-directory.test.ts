import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeDataDirectory } from "./data-directory.ts";

const folder = () => mkdtempSync(join(tmpdir(), "data-"));

test("a new data directory is this user's alone", () => {
  const data_dir = join(folder(), "a/b");
  makeDataDirectory(data_dir);
  expect(statSync(data_dir).mode & 0o777).toBe(0o700);
});

test("a place that cannot hold data is told with the variable that names another", () => {
  const file = join(folder(), "file");
  writeFileSync(file, "");
  expect(() => makeDataDirectory(join(file, "data"))).toThrow(/cannot be kept in .*INFRASKILL_DATA_DIR/);
});
