import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hashFiles } from "../expression/hash-files.ts";
import { globFiles } from "./glob.ts";

const root = mkdtempSync(join(tmpdir(), "glob-"));
afterAll(() => rmSync(root, { recursive: true }));
for (const file of ["a.txt", "a/b.txt", "a/deep/c.md", ".hidden", "b/[x].js", "b/node_modules/d.js"]) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), file);
}

describe("globFiles", () => {
  it.each([
    ["**", [".hidden", "a/b.txt", "a/deep/c.md", "a.txt", "b/[x].js", "b/node_modules/d.js"]],
    ["*.txt", ["a.txt"]],
    ["**/*.txt", ["a/b.txt", "a.txt"]],
    ["a", ["a/b.txt", "a/deep/c.md"]],
    ["a/", ["a/b.txt", "a/deep/c.md"]],
    ["a/**/c.md", ["a/deep/c.md"]],
    ["?.txt", ["a.txt"]],
    ["[ab]/*.txt", ["a/b.txt"]],
    ["[!b]/*.txt", ["a/b.txt"]],
    ["**/*.js\n!b/node_modules", ["b/[x].js"]],
    ["**/*.js\n!b/node_modules\n**/d.js", ["b/[x].js", "b/node_modules/d.js"]],
    ["# comment\n a.txt ", ["a.txt"]],
    ["missing/**", []],
  ])("%j", (pattern, expected) => {
    expect(globFiles(root, pattern).files.map((file) => relative(root, file))).toEqual(expected);
  });

  it("tells where it looked", () => {
    expect(globFiles(root, "a/*.txt\nb\n!c").search_paths).toEqual([join(root, "a"), join(root, "b")]);
  });
});

describe("hashFiles", () => {
  it("hashes the hashes of the files in order", () => {
    // printf a.txt | sha256sum | cut -d' ' -f1 | xxd -r -p | sha256sum
    expect(hashFiles(root, ["*.txt"])).toBe("8de2cc141db16f4c30bd3a6151b1cc0393ad0cf98faff31c3e7957f62baa5706");
    expect(hashFiles(root, ["**/*.txt", "!a.txt"])).toBe(hashFiles(root, ["a/*.txt"]));
  });

  it("is empty where nothing matches and sees nothing outside", () => {
    expect(hashFiles(root, ["nothing"])).toBe("");
    expect(hashFiles(join(root, "a"), ["../a.txt"])).toBe("");
  });
});
