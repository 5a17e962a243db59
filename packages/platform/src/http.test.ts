import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { addHealthRoutes, observeRequests } from "./http-health.ts";
import { HttpProblem, unavailable } from "./http-problem.ts";
import { requireServiceToken } from "./http-service-token.ts";
import { createHttpServer, type HttpServer } from "./http.ts";
import { createLogger } from "./logger.ts";
import { createMetrics } from "./metrics.ts";

const lines: string[] = [];
const open: HttpServer[] = [];

afterEach(async () => {
  lines.length = 0;
  await Promise.all(open.splice(0).map((app) => app.close()));
});

function build(): HttpServer {
  const log = createLogger({ service: "test", to: { write: (line) => void lines.push(line) } });
  const app = createHttpServer({
    log,
    body_limit: 200,
    mapError: (error) =>
      error instanceof RangeError ? unavailable("The database is down.", { cause: error }) : undefined,
  });
  open.push(app);
  const Body = z.strictObject({ name: z.string().max(5), steps: z.array(z.object({ run: z.string() })).optional() });
  const Query = z.strictObject({ limit: z.coerce.number().max(200).optional() });
  app.post(
    "/things",
    { schema: { body: Body, response: { 200: z.object({ name: z.string() }) } } },
    async ({ body }) => body,
  );
  const Headers = z.object({ trace: z.string().max(3).optional() });
  app.get("/things", { schema: { querystring: Query, headers: Headers } }, async ({ query }) => query);
  app.get("/things/:id", { schema: { params: z.object({ id: z.coerce.number() }) } }, async ({ params, id }) => ({
    ...params,
    request: id,
  }));
  app.get("/boom", async () => Promise.reject(new Error("secret detail")));
  app.get("/lost", async () => Promise.reject(new RangeError("connection")));
  app.get("/taken", { schema: { response: { 409: z.object({ other: z.string() }) } } }, async () => {
    throw new HttpProblem("name_taken", "Another skill has this name.", {
      errors: [{ pointer: "/name", detail: "is taken" }],
    });
  });
  return app;
}

const json = { "content-type": "application/json" };

describe("createHttpServer", () => {
  it.each([
    ["malformed JSON", { method: "POST", url: "/things", headers: json, payload: "{" }, 400, "malformed", undefined],
    ["an empty JSON body", { method: "POST", url: "/things", headers: json, payload: "" }, 400, "malformed", undefined],
    [
      "a poisoned prototype",
      { method: "POST", url: "/things", headers: json, payload: '{"__proto__":{}}' },
      400,
      "malformed",
      undefined,
    ],
    ["no body", { method: "POST", url: "/things" }, 422, "refused", [""]],
    [
      "a field that misses the schema",
      { method: "POST", url: "/things", payload: { name: "too long" } },
      422,
      "refused",
      ["/name"],
    ],
    [
      "a nested field",
      { method: "POST", url: "/things", payload: { name: "a", steps: [{}] } },
      422,
      "refused",
      ["/steps/0/run"],
    ],
    [
      "an unknown body field",
      { method: "POST", url: "/things", payload: { name: "a", "x/y": 1 } },
      422,
      "refused",
      ["/x~1y"],
    ],
    ["an unknown query field", { method: "GET", url: "/things?nope=1" }, 400, "malformed", ["?nope"]],
    ["a query field out of range", { method: "GET", url: "/things?limit=201" }, 422, "refused", ["?limit"]],
    ["an impossible id", { method: "GET", url: "/things/x" }, 404, "not-found", undefined],
    ["an endless id", { method: "GET", url: `/things/${"9".repeat(500)}` }, 404, "not-found", undefined],
    ["an unknown path", { method: "GET", url: "/nothing?a=b" }, 404, "not-found", undefined],
    ["a bad escape", { method: "GET", url: "/things/%zz" }, 400, "malformed", undefined],
    ["a wrong method", { method: "DELETE", url: "/things/1" }, 405, "method-not-allowed", undefined],
    [
      "a large body",
      { method: "POST", url: "/things", payload: { name: "x".repeat(300) } },
      413,
      "too-large",
      undefined,
    ],
    [
      "another content type",
      { method: "POST", url: "/things", headers: { "content-type": "text/plain" }, payload: "x" },
      415,
      "unsupported-media-type",
      undefined,
    ],
    ["a name that is too long", { method: "GET", url: `/things/${"x".repeat(101)}` }, 404, "not-found", undefined],
    ["a refusal of the handler", { method: "GET", url: "/taken" }, 409, "name-taken", ["/name"]],
    ["a mapped error", { method: "GET", url: "/lost" }, 503, "unavailable", undefined],
  ] as const)("answers %s with a problem", async (_what, request, status, type, pointers) => {
    const answer = await build().inject(request as never);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    const problem = answer.json<{ errors?: { pointer: string }[] }>();
    expect(problem).toMatchObject({
      type: `urn:infraskill:problem:${type}`,
      status,
      instance: answer.headers["x-request-id"],
    });
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it.each([
    ["a body that is none", { method: "POST", url: "/things" }, "The body must be an object."],
    ["a field", { method: "POST", url: "/things", payload: { name: 1 } }, "One field cannot be accepted."],
    ["two fields", { method: "POST", url: "/things", payload: { a: 1 } }, "2 fields cannot be accepted."],
    ["a header", { url: "/things", headers: { trace: "long" } }, "The header trace must have at most 3 characters."],
    ["an id", { url: "/things/x" }, "There is nothing at this address: id must be a number."],
  ] as const)("says what is wrong with %s", async (_what, request, detail) => {
    expect((await build().inject(request as never)).json()).toMatchObject({ detail });
  });

  it("says which methods are allowed, and when to come back", async () => {
    const app = build();
    expect((await app.inject({ method: "DELETE", url: "/things" })).headers.allow).toBe("GET, HEAD, POST");
    expect((await app.inject({ url: "/lost" })).headers["retry-after"]).toBe("2");
  });

  it("logs an unexpected error with its cause and shows none of it", async () => {
    const answer = await build().inject({ url: "/boom", headers: { "x-request-id": "caller-id.1" } });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain("secret detail");
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        request_id: "caller-id.1",
        err: expect.objectContaining({ message: "secret detail" }) as unknown,
      }),
    ]);
  });

  it("keeps a harmless request id and replaces any other", async () => {
    const app = build();
    const ids = await Promise.all(
      ["0123456789", "short", 'has"quote-and-more', "x".repeat(129)].map(async (given) => {
        const answer = await app.inject({ url: "/things/1", headers: { "x-request-id": given } });
        expect(answer.json()).toEqual({ id: 1, request: answer.headers["x-request-id"] });
        return answer.headers["x-request-id"] === given;
      }),
    );
    expect(ids).toEqual([true, false, false, false]);
  });
});

it.each([
  [undefined, 401],
  ["Bearer wrong", 401],
  ["service-token", 401],
  ["Bearer service-token", 200],
])("the service token hook answers %j with %i", async (authorization, status) => {
  const app = build();
  app.register(async (inner) => {
    inner.addHook("onRequest", requireServiceToken("service-token"));
    inner.get("/private", async () => ({}));
  });
  const answer = await app.inject({ url: "/private", headers: authorization === undefined ? {} : { authorization } });
  expect(answer.statusCode).toBe(status);
});

describe("health routes", () => {
  it("say which dependency is down and why; only needed ones make the process unready", async () => {
    const app = build();
    let redis = "fine";
    let postgres = "fine";
    const check = (state: () => string) => async () => {
      if (state() !== "fine") throw new Error(state());
    };
    const metrics = createMetrics("test");
    observeRequests(app, metrics);
    addHealthRoutes(app, {
      metrics,
      checks: {
        postgres: { needed: true, check: check(() => postgres) },
        redis: { needed: false, check: check(() => redis) },
      },
    });
    expect((await app.inject("/livez")).statusCode).toBe(200);
    expect((await app.inject("/readyz")).json()).toMatchObject({ status: "ready" });
    redis = "maxmemory-policy is allkeys-lru";
    expect((await app.inject("/readyz")).json()).toMatchObject({
      status: "degraded",
      checks: { redis: { status: "down", detail: redis } },
    });
    postgres = "cannot connect to postgres://u:pw@h/db";
    const answer = await app.inject("/readyz");
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({
      status: "down",
      checks: { postgres: { detail: "cannot connect to postgres://u:[redacted]@h/db" } },
    });
    const text = (await app.inject("/metrics")).body;
    expect(text).toContain(
      'http_request_duration_seconds_count{service="test",method="GET",route="/readyz",status="503"} 1',
    );
  });

  it("count a dependency that hangs as down within 2 s", async () => {
    const app = build();
    addHealthRoutes(app, {
      metrics: createMetrics("test"),
      checks: { slow: { needed: true, check: () => new Promise(() => undefined) } },
    });
    const before = performance.now();
    expect((await app.inject("/readyz")).statusCode).toBe(503);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
