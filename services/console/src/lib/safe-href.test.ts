import { expect, it } from "vitest";
import { safeHref } from "./safe-href.ts";

it.each([
  ["https://github.com/a/b/pull/1", "https://github.com/a/b/pull/1"],
  ["http://127.0.0.1:3001/a", "http://127.0.0.1:3001/a"],
  ["javascript:alert(1)", undefined],
  [" jAvAsCrIpT:alert(1)", undefined],
  ["data:text/html,x", undefined],
  ["//evil.example", undefined],
  ["", undefined],
  [null, undefined],
])("lets only web addresses be links: %s", (given, href) => expect(safeHref(given)).toBe(href));
