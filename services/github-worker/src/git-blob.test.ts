import { expect, it } from "vitest";
import { blobSha } from "./git-blob.ts";

it.each([
  ["", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"],
  ["hello\n", "ce013625030ba8dba906f756967f9e9ca394464a"],
  ["é\n", "c6003325155f475bd7c87731607525dce73be9cf"],
])("names %j as git does", (content, sha) => {
  expect(blobSha(content)).toBe(sha);
});
