import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { describe, expect, it } from "vitest";
import { buildRequest } from "./request.ts";

const options = { base_url: "http://gateway:3000/", headers: { authorization: "Bearer t" } };

describe("buildRequest", () => {
  it("encodes path parameters, so that none can leave its segment", () => {
    const { url } = buildRequest(publicEndpoints.getSkill, { params: { id: "../a b" } }, options);
    expect(url).toBe("http://gateway:3000/api/skills/..%2Fa%20b");
  });

  it("leaves absent query fields out", () => {
    const { url } = buildRequest(
      publicEndpoints.listSkills,
      { query: { q: "a&b", status: undefined, limit: 5 } },
      options,
    );
    expect(url).toBe("http://gateway:3000/api/skills?q=a%26b&limit=5");
  });

  it("sends a body as JSON with the given headers", () => {
    const { init } = buildRequest(
      publicEndpoints.executeSkill,
      { params: { name: "x" }, headers: { "idempotency-key": "k" }, body: { inputs: { a: 1 } } },
      options,
    );
    expect(init).toEqual({
      method: "POST",
      headers: { authorization: "Bearer t", "idempotency-key": "k", "content-type": "application/json" },
      body: '{"inputs":{"a":1}}',
    });
  });

  it("sends bytes untouched", () => {
    const bytes = new TextEncoder().encode("{ }");
    const { init } = buildRequest(publicEndpoints.githubWebhook, { body: bytes }, options);
    expect(init.body).toBe(bytes);
    expect(init.headers["content-type"]).toBe("application/octet-stream");
  });
});
