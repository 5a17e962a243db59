import { RequestError } from "@octokit/request-error";
import { describe, expect, it } from "vitest";
import { NotSentError } from "./not-sent.ts";
import { attempt, judgeAnswer, judgeError } from "./outcome.ts";

const now = Date.parse("2026-11-22T12:00:00Z");
const json = { "content-type": "application/json; charset=utf-8" };
const request = { method: "POST" as const, url: "https://api.test/x", headers: {} };

function answered(status: number, data: unknown, headers: Record<string, string> = {}): RequestError {
  return new RequestError("ignored", status, {
    request,
    response: { status, url: request.url, data, headers: { ...json, ...headers } },
  });
}

/** As octokit wraps what fetch throws. */
function broken(code: string, message = code): RequestError {
  const reason = Object.assign(new Error(message), { code });
  return new RequestError(message, 500, { request, cause: new TypeError("fetch failed", { cause: reason }) });
}

const docs = "https://docs.github.com/rest";

describe("an error", () => {
  it.each<[string, unknown, object]>([
    [
      "an input not in the list",
      answered(422, {
        message: "Provided value 'X' for input 'Y' not in the list of allowed values",
        documentation_url: docs,
      }),
      {
        kind: "refused",
        status: 422,
        message: "Provided value 'X' for input 'Y' not in the list of allowed values",
        errors: [],
      },
    ],
    [
      "a branch without its ref",
      answered(422, { message: "No ref found for: skill/x/1" }),
      { kind: "refused", status: 422, message: "No ref found for: skill/x/1" },
    ],
    [
      "a pull request that exists",
      answered(422, {
        message: "Validation Failed",
        errors: [{ resource: "PullRequest", code: "custom", message: "A pull request already exists for o:b." }],
      }),
      {
        kind: "refused",
        message: "Validation Failed A pull request already exists for o:b.",
        errors: ["A pull request already exists for o:b."],
      },
    ],
    [
      "a validation error without words",
      answered(422, {
        message: "Validation Failed",
        errors: [{ resource: "Label", field: "name", code: "missing_field" }],
      }),
      { kind: "refused", errors: ["Label name missing_field"] },
    ],
    [
      "an unknown workflow",
      answered(404, { message: "Not Found" }),
      { kind: "refused", status: 404, message: "Not Found" },
    ],
    [
      "a completed run",
      answered(409, { message: "Cannot cancel a workflow run that is completed." }),
      { kind: "refused", status: 409 },
    ],
    ["an expired log", answered(410, { message: "Gone" }), { kind: "refused", status: 410 }],
    [
      "a missing permission",
      answered(
        403,
        { message: "Resource not accessible by integration" },
        { "x-accepted-github-permissions": "workflows=write" },
      ),
      { kind: "refused", status: 403, message: "Resource not accessible by integration (needs workflows=write)" },
    ],
    [
      "bad credentials",
      answered(401, { message: "Bad credentials" }),
      { kind: "unauthorised", message: "Bad credentials" },
    ],
    [
      "a renamed repository",
      answered(301, { message: "Moved Permanently" }, { location: "https://api.test/repositories/1" }),
      { kind: "refused", status: 301, message: "Moved Permanently It points to https://api.test/repositories/1." },
    ],
    [
      "a secondary limit",
      answered(403, { message: "You have exceeded a secondary rate limit. Please wait a few minutes" }),
      { kind: "limited", retry_after_ms: 60_000 },
    ],
    [
      "a limit with a time",
      answered(429, "slow down", { "retry-after": "7" }),
      { kind: "limited", retry_after_ms: 8_000 },
    ],
    [
      "a bad gateway with a page",
      answered(502, "<html>Unicorn</html>", { "content-type": "text/html" }),
      { kind: "unknown", message: "GitHub answered 502." },
    ],
    ["a server error", answered(500, { message: "Server Error" }), { kind: "unknown", message: "Server Error" }],
    ["a gateway timeout with retry-after", answered(504, "", { "retry-after": "1" }), { kind: "unknown" }],
    ["a request timeout", answered(408, ""), { kind: "unknown" }],
    ["a reset connection", broken("ECONNRESET"), { kind: "unknown" }],
    [
      "a closed socket",
      broken("UND_ERR_SOCKET", "other side closed"),
      { kind: "unknown", message: "other side closed" },
    ],
    ["an answer that does not come", broken("UND_ERR_HEADERS_TIMEOUT"), { kind: "unknown" }],
    [
      "our time limit",
      new RequestError("timeout", 500, { request, cause: new DOMException("timeout", "TimeoutError") }),
      { kind: "unknown" },
    ],
    ["our own abort", Object.assign(new DOMException("aborted", "AbortError")), { kind: "unknown" }],
    ["nobody listening", broken("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:1"), { kind: "not_sent" }],
    ["an unknown host", broken("ENOTFOUND"), { kind: "not_sent" }],
    ["a certificate nobody trusts", broken("SELF_SIGNED_CERT_IN_CHAIN"), { kind: "not_sent" }],
    [
      "no token because GitHub is down",
      new NotSentError("No token", { cause: answered(502, "") }),
      { kind: "not_sent", message: "No token: GitHub answered 502." },
    ],
    [
      "no token because of a limit",
      new NotSentError("No token", { cause: answered(429, "", { "retry-after": "5" }) }),
      { kind: "limited", retry_after_ms: 6_000 },
    ],
    [
      "an App that is not installed",
      new NotSentError("No token", { cause: answered(404, { message: "Not Found" }) }),
      { kind: "refused", status: 404, message: "No token: Not Found" },
    ],
    [
      "a key that cannot be read",
      new NotSentError("No token", { cause: new Error("bad key") }),
      { kind: "not_sent", message: "No token: bad key" },
    ],
  ])("from %s is told apart", (_what, error, outcome) => {
    expect(judgeError(error, now)).toMatchObject(outcome);
  });

  it("from several addresses was never sent only if all of them failed to connect", () => {
    const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    const reset = Object.assign(new Error("reset"), { code: "ECONNRESET" });
    const wrap = (errors: Error[]) =>
      new RequestError("", 500, {
        request,
        cause: new TypeError("fetch failed", { cause: new AggregateError(errors) }),
      });
    expect(judgeError(wrap([refused, refused]), now)).toMatchObject({ kind: "not_sent" });
    expect(judgeError(wrap([refused, reset]), now)).toMatchObject({ kind: "unknown" });
  });

  it("shows no token, and not more than a thousand characters", () => {
    const failure = judgeError(
      answered(422, { message: `ghs_1234_eyJabcd.efgh ${"x".repeat(5_000)}`, errors: ["isk_0123456789"] }),
      now,
    );
    expect(JSON.stringify(failure)).not.toMatch(/ghs_|isk_/);
    expect(failure?.message.length).toBeLessThanOrEqual(1_001);
  });

  it("that is neither GitHub's nor the network's is thrown", async () => {
    expect(judgeError(new TypeError("x is undefined"), now)).toBeUndefined();
    await expect(attempt(() => Promise.reject(new TypeError("x is undefined")))).rejects.toThrow("x is undefined");
  });
});

describe("an answer", () => {
  it.each([
    ["200 with an object", 200, { id: 1 }, json, "ok"],
    ["204 without a body", 204, "", {}, "ok"],
    ["202 with nothing readable", 202, "", json, "ok"],
    ["200 cut off in the middle", 200, '{"id": 1', json, "unknown"],
    ["201 with an empty body", 201, "", json, "unknown"],
    ["200 with text", 200, "name: x", { "content-type": "text/plain" }, "ok"],
  ])("of %s", (_what, status, data, headers, kind) => {
    expect(judgeAnswer({ status, data, headers }).kind).toBe(kind);
  });
});
