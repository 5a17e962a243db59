import { expect, it } from "vitest";
import { fixedBy, mayFollowFailure } from "./if-condition.ts";

it.each([
  ["inputs.x == 'web'", ["inputs.x"]],
  ["${{ 'web' == inputs.x }}", ["inputs.x"]],
  ["github.event.inputs['x'] == 'web'", ["inputs.x"]],
  ["inputs.x == 'web' || inputs.x == 'api'", ["inputs.x"]],
  ["always() && (inputs.x == 'web' && env.Y == 'a')", ["inputs.x", "env.y"]],
  [`contains(fromJSON('["web", "api"]'), inputs.x)`, ["inputs.x"]],
  ["inputs.x == 'web' || inputs.force", []],
  ["inputs.x != 'web'", []],
  ["!(inputs.x == 'web')", []],
  ["inputs.x == 1", []],
  ["inputs.x == inputs.y", []],
  ["startsWith(inputs.x, 'web')", []],
  ["contains('web api', inputs.x)", []],
  ["contains(fromJSON('[1]'), inputs.x)", []],
  ["contains(fromJSON('[nothing'), inputs.x)", []],
  ["contains(fromJSON(inputs.y), inputs.x)", []],
  ["inputs[inputs.y] == 'web'", []],
  ["${{ inputs.x == 'web' }} || true", []],
  [undefined, []],
])("knows what %s fixes", (condition, paths) => {
  expect([...fixedBy(condition)]).toEqual(paths);
});

it.each([
  [undefined, false],
  ["inputs.x == 'web'", false],
  ["success() && inputs.force", false],
  ["always()", true],
  ["${{ failure() }}", true],
  ["!cancelled()", true],
  ["inputs.x ==", true],
  ["${{ true }} ", false],
  ["${{ inputs.x }} && success()", true],
])("knows whether a step may follow a failure by %s", (condition, wanted) => {
  expect(mayFollowFailure(condition)).toBe(wanted);
});
