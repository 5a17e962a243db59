import { expect, test } from "vitest";
import { filterMatches } from "./event-filter.ts";

test.each([
  [null, { branch: "main" }, true],
  [{ branches: ["main"] }, { branch: "main" }, true],
  [{ branches: ["main"] }, { branch: "maintenance" }, false],
  [{ branches: ["release/*"] }, { branch: "release/1/2" }, false],
  [{ branches: ["release/**"] }, { branch: "release/1/2" }, true],
  [{ branches: ["**", "!wip/**"] }, { branch: "wip/x" }, false],
  [{ "branches-ignore": ["docs"] }, { branch: "docs" }, false],
  [{ tags: ["v*"] }, { branch: "main" }, false],
  [{ tags: ["v*"] }, { tag: "v1.2" }, true],
  [{ branches: ["main"] }, { tag: "v1" }, false],
  [null, { tag: "v1" }, true],
  [null, { action: "opened" }, true],
  [null, { action: "edited" }, false],
  [{ types: ["edited"] }, { action: "edited" }, true],
])("on: %j lets %j through: %j", (filter, subject, expected) => {
  expect(filterMatches(filter, subject)).toBe(expected);
});
