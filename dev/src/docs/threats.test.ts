import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
const rows = [
  ...readFileSync(join(root, "docs/threats.md"), "utf8").matchAll(/^\|[^\n]*\| +`([^`]+)` +\| +`([^`]+)` +\|$/gm),
];

test("every threat names a test that is there", () => {
  expect(rows.length).toBeGreaterThan(30);
  const missing = rows.filter(([, file = "", name = ""]) => {
    const path = join(root, file);
    return !existsSync(path) || !readFileSync(path, "utf8").includes(name);
  });
  expect(missing.map(([row]) => row)).toEqual([]);
});
