import { expect, it } from "vitest";
import { scopeWith } from "../values/test-scope.ts";
import { removedFolders } from "./removed-folders.ts";

const scope = scopeWith({ X: "high" });
const found = (script: string) => removedFolders(script, scope).map(({ start, end }) => script.slice(start, end));

it.each([
  ['rm -rf "$X"', '"$X"'],
  ['rm -r -- "/srv/$X"', '"/srv/$X"'],
  ['sudo rm --recursive "/srv/$X/old"', '"/srv/$X/old"'],
  ['folder="/srv/$X"\nrm -fR "${folder:?}"', '"${folder:?}"'],
])("finds the folder of the caller's in %j", (script, wanted) => {
  expect(found(script)).toEqual([wanted]);
});

it.each([
  'rm -f "/srv/$X"',
  'rm -rf "/srv/${X//\\//_}"',
  'folder=$(mktemp -d)\nrm -rf "$folder"; echo "$X"',
  '[[ $X != */* ]] || exit 1\nrm -rf "/srv/$X"',
  'rm -rf build && echo "$X"',
])("takes %j for safe", (script) => {
  expect(found(script)).toEqual([]);
});
