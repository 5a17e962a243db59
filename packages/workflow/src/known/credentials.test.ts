import { expect, it } from "vitest";
import { credentialIn } from "./credentials.ts";

const github = `ghp_${"a1".repeat(18)}`;

it.each([
  ["a GitHub token", github, "GitHub token"],
  ["one amid text", `token=${github}, use it`, "GitHub token"],
  ["an App's token", `ghs_4001_eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.${"c".repeat(20)}`, "GitHub token"],
  ["our own token", `isk_${"k-_".repeat(14)}k`, "infraskill token"],
  ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE", "private key"],
  ["an address with a password", "postgres://app:hunter22@db/app", "password in an address"],
  ["one deep in a value", { a: [1, { b: github }] }, "GitHub token"],
  ["one as a name", { [github]: true }, "GitHub token"],
])("finds %s", (_what, value, name) => expect(credentialIn(value)).toBe(name));

it.each([
  "hello",
  "risk_assessment",
  "basic configuration",
  "https://example.com/a?b=c",
  "ghp_short",
  "postgres://db/app",
  7,
  null,
  undefined,
  [true],
  JSON.parse("[".repeat(200_000) + "]".repeat(200_000)) as unknown,
])("finds none in what is none: %#", (value) => expect(credentialIn(value)).toBeUndefined());
