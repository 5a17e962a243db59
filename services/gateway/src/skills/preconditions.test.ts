import { describe, expect, it } from "vitest";
import { readIfMatch, readWait } from "./preconditions.ts";

describe("readWait", () => {
  it.each([
    ["wait=10", 10],
    ["wait=99", 30],
    ["wait=0", 0],
    ["respond-async, wait=5", 5],
    ["wait=5; foo=bar", 5],
    ['Wait = "7"', 7],
    ["nowait=5", undefined],
    ["wait=-5", undefined],
    ["wait=5s", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("reads Prefer %j as %j", (prefer, seconds) => {
    expect(readWait(prefer)).toBe(seconds);
  });
});

describe("readIfMatch", () => {
  it.each([
    ['"3"', { ok: true, tag: '"3"' }],
    ["3", { ok: true, tag: '"3"' }],
    ["*", { ok: true, tag: undefined }],
    [undefined, { ok: true, tag: undefined }],
    ['"0"', { ok: false }],
    ['"1", "2"', { ok: false }],
    ['W/"1"', { ok: false }],
    ["", { ok: false }],
  ])("reads If-Match %j as %j", (header, expected) => {
    expect(readIfMatch(header)).toEqual(expected);
  });
});
