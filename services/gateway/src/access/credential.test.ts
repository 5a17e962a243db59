import { describe, expect, it } from "vitest";
import { readBasicPassword, readBearer } from "./credential.ts";
import { hashToken, makeToken } from "./token.ts";

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("readBearer", () => {
  it.each([
    ["Bearer isk_abc-_123", "isk_abc-_123"],
    ["bearer isk_abc", "isk_abc"],
    ["Bearer a.b.c", "a.b.c"],
    ["Bearer", undefined],
    ["Bearer two words", undefined],
    ["Bearer isk_é", undefined],
    ["Basic aXNrX2FiYw==", undefined],
    [`Bearer ${"x".repeat(513)}`, undefined],
    [undefined, undefined],
  ])("reads %j as %j", (authorization, token) => {
    expect(readBearer(authorization)).toBe(token);
  });
});

describe("readBasicPassword", () => {
  it.each([
    [basic("anyone:isk_abc"), "isk_abc"],
    [basic(":isk_abc"), "isk_abc"],
    [basic("isk_abc"), undefined],
    [basic("anyone:"), undefined],
    [basic("a:b c"), undefined],
    ["Bearer isk_abc", undefined],
    [undefined, undefined],
  ])("reads %j as %j", (authorization, password) => {
    expect(readBasicPassword(authorization)).toBe(password);
  });
});

it("makes tokens of 256 random bits and keeps their hash", () => {
  const made = makeToken((size) => Buffer.alloc(size, 7));
  expect(made).toEqual({
    token: "isk_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc",
    token_hash: hashToken(made.token),
    prefix: "isk_BwcHBwcH",
  });
  expect(makeToken().token).not.toBe(makeToken().token);
  expect(readBearer(`Bearer ${makeToken().token}`)).toBeDefined();
});
