import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { prepareSecrets } from "./secrets.ts";

let data_dir: string;
beforeEach(() => {
  data_dir = mkdtempSync(join(tmpdir(), "infraskill-secrets-"));
});
afterEach(() => rmSync(data_dir, { recursive: true }));

it("makes credentials once, and keeps none that is given", () => {
  const made = prepareSecrets(data_dir, {});
  expect(prepareSecrets(data_dir, { admin_token: "given" })).toEqual({ ...made, admin_token: "given" });
  expect(prepareSecrets(data_dir, {})).toEqual(made);
});

it.each([
  ["is cut off", '{"admin_token": "isk_'],
  ["is empty", ""],
  ["lacks a credential", '{"admin_token": "isk_a"}'],
])("stops at a file that %s, and leaves it as it is", (_what, text) => {
  const file = join(data_dir, "secrets.json");
  writeFileSync(file, text);
  expect(() => prepareSecrets(data_dir, {})).toThrow(`${file} holds no credentials that can be read`);
  expect(readFileSync(file, "utf8")).toBe(text);
});
