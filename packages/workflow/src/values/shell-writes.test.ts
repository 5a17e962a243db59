import { expect, it } from "vitest";
import { shellWrites } from "./shell-writes.ts";
import { scopeWith } from "./test-scope.ts";

const scope = scopeWith({ X: "high" });
const found = (script: string) => shellWrites(script, scope).map(({ target, name }) => `${target} ${name}`);

it.each([
  ["one variable", 'echo "A=$X" >> "$GITHUB_ENV"', ["GITHUB_ENV A"]],
  ["all parameters", 'set -- "$X"\necho "A=$*" >> "$GITHUB_ENV"', ["GITHUB_ENV A"]],
  ["a variable behind its check", '[[ $X =~ ^[a-z]+$ ]] || exit 1; echo "A=$X" >> "$GITHUB_ENV"', []],
  ["a variable in front of its check", 'echo "A=$X" >> "$GITHUB_ENV"; [[ $X =~ ^[a-z]+$ ]] || exit 1', ["GITHUB_ENV A"]],
] as const)("a line that writes %s", (_, script, writes) => {
  expect(found(script)).toEqual(writes);
}); // prettier-ignore
