import { expect, it } from "vitest";
import { checkText } from "../check.ts";

const sha = "0123456789".repeat(4);
const find = (checkout: string, upload: string) =>
  checkText(
    `on: workflow_dispatch
permissions: {}
jobs:
  one:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@${checkout}
      - uses: actions/upload-artifact@${upload}
`,
    { contract: false },
  ).diagnostics.filter(({ rule }) => rule === "artifact-credentials");
const settings = (...lines: string[]) => `\n        with:\n${lines.map((line) => `          ${line}\n`).join("")}`;

it.each([
  [sha, `${sha}${settings("path: .")}`],
  [sha, `${sha}${settings("path: ./")}`],
  [sha, `${sha}${settings('path: "**"')}`],
  [sha, `${sha}${settings("path: ./**/*")}`],
  [sha, `${sha}${settings("path: ${{ github.workspace }}")}`],
  [sha, `${sha}${settings("path: ${{ github.workspace }}/")}`],
  [sha, `${sha}${settings("path: |", "  reports", "  .")}`],
  [`${sha}${settings("path: src")}`, `${sha}${settings("path: src")}`],
  [`${sha}${settings("path: src/app")}`, `${sha}${settings("path: src/**")}`],
  [`${sha}${settings("persist-credentials: true")}`, `${sha}${settings("path: .")}`],
  [`${sha} # v4.2.2`, `${sha} # v4.3.6${settings("path: .")}`],
  [`${sha} # v5`, `${sha} # v6${settings("path: .", "include-hidden-files: true")}`],
])("warns of a checkout of %j and an artifact of %j", (checkout, upload) => {
  expect(find(checkout, upload)).toMatchObject([{ severity: "warning" }]);
});

it.each([
  [`${sha}${settings("persist-credentials: false")}`, `${sha}${settings("path: .")}`],
  [sha, `${sha}${settings("path: reports")}`],
  [sha, `${sha}${settings('path: "*.log"')}`],
  [sha, `${sha}${settings("path: .config")}`],
  [sha, `${sha}${settings("path: |", "  .", "  !.git/**")}`],
  [`${sha}${settings("path: src")}`, `${sha}${settings("path: source")}`],
  [`${sha} # v6.0.1`, `${sha}${settings("path: .", "include-hidden-files: true")}`],
  [sha, `${sha} # v4.4.0${settings("path: .")}`],
  [sha, `v4${settings("path: .")}`],
])("says nothing about a checkout of %j and an artifact of %j", (checkout, upload) => {
  expect(find(checkout, upload)).toEqual([]);
});
