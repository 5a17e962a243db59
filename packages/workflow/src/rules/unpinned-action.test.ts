import { describe, expect, it } from "vitest";
import { checkText } from "../check.ts";
import { applyAllFixes } from "../fix.ts";
import { knownActions } from "../known/actions.ts";

const withSteps = (steps: string) => `on: push
permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:${steps}`;
const options = { contract: false };
const fixed = (steps: string) => applyAllFixes(withSteps(steps), options).text;
const checkout = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683";
const login = "docker/login-action@74a5d142397b4f367a81961eba4e8cd7edddf772";
const cache = "5a3ec84eff668545956fd18022155c47e93e2684";

describe("the fix that pins an action", () => {
  it.each([
    ["a tag", "\n      - uses: actions/checkout@v4\n", `\n      - uses: ${checkout} # v4.2.2\n`],
    ["in quotes", `\n      - uses: "actions/checkout@v4"\n`, `\n      - uses: "${checkout}" # v4.2.2\n`],
    ["in braces", "\n      - { uses: actions/checkout@v4 }\n", `\n      - { uses: ${checkout} } # v4.2.2\n`],
    ["in JSON", ` [{"uses":"actions/checkout@v4"}]\n`, ` [{"uses":"${checkout}"}] # v4.2.2\n`],
    [
      "two on a line",
      " [{ uses: actions/checkout@v4 }, { uses: docker/login-action@v3 }]",
      ` [{ uses: ${checkout} }, { uses: ${login} }] # v3.4.0`,
    ],
    [
      "braces over several lines",
      "\n      - { uses: actions/checkout@v4,\n          with: { fetch-depth: 0 } }\n",
      `\n      - { uses: ${checkout}, # v4.2.2\n          with: { fetch-depth: 0 } }\n`,
    ],
    [
      "before a comment",
      "\n      - uses: actions/checkout@v4 # all of it\n",
      `\n      - uses: ${checkout} # all of it\n`,
    ],
    ["with CRLF", "\r\n      - uses: actions/checkout@v4\r\n", `\r\n      - uses: ${checkout} # v4.2.2\r\n`],
    ["folded", "\n      - uses: >-\n          actions/checkout@v4\n", `\n      - uses: >-\n          ${checkout}\n`],
    [
      "of a folder",
      "\n      - uses: actions/cache/restore@v4\n",
      `\n      - uses: actions/cache/restore@${cache} # v4.2.3\n`,
    ],
    ["of another case", "\n      - uses: Actions/Cache@v4.2\n", `\n      - uses: Actions/Cache@${cache} # v4.2.3\n`],
  ])("writes the commit: %s", (_, before, after) => {
    expect(fixed(before)).toBe(withSteps(after));
    expect(checkText(withSteps(after), options).diagnostics.map(({ rule }) => rule)).toEqual(["no-skill"]);
  });

  it.each([
    ["some-company/deploy@main", "`git ls-remote https://github.com/some-company/deploy main 'main^{}'`"],
    ["actions/checkout@v1", "`git ls-remote https://github.com/actions/checkout v1 'v1^{}'`"],
    ["a/b/.github/workflows/c.yml@v1", "`git ls-remote https://github.com/a/b v1 'v1^{}'`"],
    ["docker://alpine:3.22", "`docker buildx imagetools inspect alpine:3.22`"],
    ["a/b@$(reboot)", "after @)."],
    ["actions/checkout", "after @)."],
  ])("of %s it says what prints the commit", (uses, way) => {
    const text = withSteps(`\n      - uses: ${uses}\n`);
    const [found] = checkText(text, options).diagnostics.filter(({ rule }) => rule === "unpinned-action");
    expect(found).toMatchObject({ fix: null, message: expect.stringContaining(way) as string });
    expect(fixed(`\n      - uses: ${uses}\n`)).toBe(text);
  });

  it("knows whole commits and whole versions, each major version of an action once", () => {
    for (const { action, version, commit } of knownActions) {
      expect(commit).toMatch(/^[0-9a-f]{40}$/);
      expect(version).toMatch(/^v\d+\.\d+\.\d+$/);
      expect(action).toBe(action.toLowerCase());
    }
    const majors = knownActions.map(({ action, version }) => `${action} ${version.split(".", 1)[0]}`);
    expect(new Set(majors).size).toBe(majors.length);
    expect(new Set(knownActions.map(({ commit }) => commit)).size).toBe(knownActions.length);
  });
});
