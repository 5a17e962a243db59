import { describe, expect, it } from "vitest";
import { redactLine, redactText, redactValues } from "./redact.ts";

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
    ["gho_16C7e42F292c6912E7 ghu_16C7e42F292c6912E7 ghr_1B4a2e77838347a7E420", "[redacted] [redacted] [redacted]"],
    ["AKIAIOSFODNN7EXAMPLE and ASIAIOSFODNN7EXAMPLE", "[redacted] and [redacted]"],
    ["AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "AWS_SECRET_ACCESS_KEY=[redacted]"],
    ['{"aws_session_token": "FwoGZXIvYXdzEBYaDK/x+y=="}', '{"aws_session_token": "[redacted]"}'],
    [["xoxb-", "123456789012-abcdefGHIJ"].join(""), "[redacted]"],
    [["https://hooks.slack.com/services/", "T0000/B0000/XXXX"].join(""), "https://hooks.slack.com/services/[redacted]"],
    [["glpat-", "abcdefghijklmnopqrst, npm_", "a1".repeat(18)].join(""), "[redacted], [redacted]"],
    ["Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic [redacted]"],
    ["-----BEGIN RSA PRIVATE KEY-----\nQUJD\n-----END RSA PRIVATE KEY-----", "[redacted]"],
    [
      "2026-05-01T12:00:00.1Z -----BEGIN PRIVATE KEY-----\n2026-05-01T12:00:00.1Z QUJD\n2026-05-01T12:00:00.2Z -----END PRIVATE KEY-----\nend",
      "2026-05-01T12:00:00.1Z [redacted]\nend",
    ],
    ["2026-05-01T12:00:00.1Z QUJD\n2026-05-01T12:00:00.2Z -----END PRIVATE KEY-----\nend", "[redacted]\nend"],
    ["-----BEGIN EC PRIVATE KEY-----\nQUJD\nREVG\nno end of it", "[redacted]\nno end of it"],
  ])("hides the credential in %j", (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
  });

  it.each([
    "basic authentication is required",
    "grep -c 'BEGIN PRIVATE KEY' *.pem\nQUJD",
    "xoxo-hugs",
    "npm_config_cache=/tmp/npm",
  ])("takes %j for what it is", (text) => expect(redactText(text)).toBe(text));

  it("hides a secret that it is given, whatever it looks like", () => {
    expect(redactText("the plain words, twice: plain words", ["plain words"])).toBe(
      "the [redacted], twice: [redacted]",
    );
  });

  it("reads eight megabytes of a log in a moment", () => {
    const text = "2026-05-01T12:00:00.1234567Z -----BEGIN PRIVATE KEY----- basic eyJ xox AKIA://\n".repeat(100_000);
    const before = performance.now();
    redactText(text);
    redactText(`${"QUJD".repeat(19)}\n`.repeat(100_000));
    expect(performance.now() - before).toBeLessThan(4_000);
  });

  it.each(["risk_assessment", "task_id", "http://localhost:3000/a@b", "no bearer here", "https://api.test/x?page=2"])(
    "leaves %j alone",
    (text) => expect(redactText(text)).toBe(text),
  );
});

describe("redactValues", () => {
  it("searches texts, and everything else as JSON, and keeps what has nothing to hide", () => {
    const values = JSON.parse(
      '{"a":"ghp_abcdefgh","b":{"c":["ghp_abcdefgh",1]},"n":12,"x":null,"__proto__":"se\\"cret","d":["se\\"cret"]}',
    ) as Record<string, unknown>;
    expect(Object.entries(redactValues(values, ['se"cret']))).toEqual([
      ["a", "[redacted]"],
      ["b", { c: ["[redacted]", 1] }],
      ["n", 12],
      ["x", null],
      ["__proto__", "[redacted]"],
      ["d", ["[redacted]"]],
    ]);
  });
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
