import { expect, it } from "vitest";
import { readSkillFile } from "./read.ts";
import { placeInScript } from "./script-place.ts";

const fileWith = (run: string) => `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${run}\n`;
const block = "|\n          eval a\n\n          eval a; eval a\n            eval a # eval a";

it.each([
  ["a block", fileWith(block), "eval a", [[7, 11], [9, 11], [9, 19], [10, 13], [10, 22]]],
  ["a block with Windows line ends", fileWith(block).replaceAll("\n", "\r\n"), "eval a", [[7, 11], [9, 11], [9, 19], [10, 13], [10, 22]]],
  ["a block whose indentation is named", fileWith("|4\n            eval a"), "eval a", [[7, 13]]],
  ["a block with the text in its header", fileWith("| # eval a\n          eval a"), "eval a", [[7, 11]]],
  ["a block whose lines are folded", fileWith(">\n          eval b\n          eval a"), "eval a", [[8, 11]]],
  ["a quoted text", fileWith('"x; eval a"'), "eval a", [[6, 14]]],
] as const)("a stretch of a script is found in %s", (_, text, stretch, places) => {
  const { source, jobs } = readSkillFile(text);
  const run = jobs[0]!.steps[0]!.run!;
  const found = [...run.value.matchAll(new RegExp(stretch, "g"))].map(({ index }) =>
    placeInScript(source, run, index, index + stretch.length),
  );
  expect(found.map(({ line, column }) => [line, column])).toEqual(places);
}); // prettier-ignore
