import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
const documents = globSync("**/*.md", { cwd: root, exclude: ["**/node_modules", "**/.*"] });
/** The target of a link or an image, without its anchor. */
const link = /\]\(([^)\s#]+)/g;

test("there are documents", () => {
  expect(documents).toEqual(expect.arrayContaining(["README.md", join("docs", "operations.md")]));
});

test.for(documents)("every link of %s leads somewhere", (document) => {
  const targets = [...readFileSync(join(root, document), "utf8").matchAll(link)].map((match) => match[1] ?? "");
  const ours = targets.filter((target) => !/^[a-z]+:/.test(target));
  expect(ours.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
});
