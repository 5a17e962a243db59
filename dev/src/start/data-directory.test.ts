import { mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
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

test("one that is there already is taken as it is", () => {
  const data_dir = folder();
  writeFileSync(join(data_dir, "kept"), "");
  makeDataDirectory(data_dir);
  expect(readdirSync(data_dir)).toEqual(["kept"]);
});

const aFile = () => {
  const file = join(folder(), "file");
  writeFileSync(file, "");
  return file;
};

// Linux answers ENOENT to whoever makes something in /proc, even to root.
test.each([aFile(), join(aFile(), "data"), "/proc", "/proc/data", "/proc/a/b"])(
  "a place that cannot hold data, as %s, is told with the variable that names another",
  (place) => {
    expect(() => makeDataDirectory(place)).toThrow(/cannot be kept in .*INFRASKILL_DATA_DIR/);
  },
);
