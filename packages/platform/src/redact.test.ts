import { describe, expect, it } from "vitest";
import { redactLine, redactText } from "./redact.ts";

describe("redactText", () => {
  it.each([
    ["token ghp_abcDEF0123456789abcDEF0123456789abcd", "token [redacted]"],
    ["ghs_12345_eyJhbGciOi.eyJpc3MiOi.c2ln-_x failed", "[redacted] failed"],
    ["github_pat_11ABC_def", "[redacted]"],
    ["isk_k3J9sdf-_x", "[redacted]"],
    ["Authorization: Bearer abcdef012345", "Authorization: Bearer [redacted]"],
    ["postgres://infra:hunter2@localhost:5432/db", "postgres://infra:[redacted]@localhost:5432/db"],
    ["redis://:hunter2@localhost", "redis://:[redacted]@localhost"],
    ["https://blob.test/log?sv=1&sig=abc%2F&se=2", "https://blob.test/log?sv=1&sig=[redacted]&se=2"],
    ["-----BEGIN RSA PRIVATE KEY-----\nQUJD\n-----END RSA PRIVATE KEY-----", "[redacted]"],
  ])("hides the credential in %j", (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
  });

  it.each(["risk_assessment", "task_id", "http://localhost:3000/a@b", "no bearer here", "https://api.test/x?page=2"])(
    "leaves %j alone",
    (text) => expect(redactText(text)).toBe(text),
  );
});

describe("redactLine", () => {
  it("keeps the line JSON and hides members by name", () => {
    const line = JSON.stringify({
      headers: { authorization: "x y", "set-cookie": 'a="b"; c' },
      password: String.raw`q"\w`,
      REGISTRY_TOKEN: "plain",
      tokens: 3,
      err: { message: "ghp_abcdefgh\nnext" },
      key: "-----BEGIN PRIVATE KEY-----\nAA",
    });
    expect(JSON.parse(redactLine(line))).toEqual({
      headers: { authorization: "[redacted]", "set-cookie": "[redacted]" },
      password: "[redacted]",
      REGISTRY_TOKEN: "[redacted]",
      tokens: 3,
      err: { message: "[redacted]\nnext" },
      key: "[redacted]",
    });
  });
});
