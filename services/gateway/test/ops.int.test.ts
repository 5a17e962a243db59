import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { aJob, execution_id } from "./support/samples.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.registry.received.length = 0;
});

const delivery = {
  id: 7,
  kind: "callback",
  guid: "callback-1",
  event: "callback",
  execution_id,
  status: "received",
  reason: null,
  attempts: 0,
  received_at: "2026-11-25T10:00:00.000Z",
  processed_at: null,
} as const;
const rows = {
  last_webhook_at: null,
  deliveries: { received: 1, failed: 2 },
  github_rate_limit: null,
  chores: [],
};

it("tells how everything stands, also while Redis and the validator are away", async () => {
  gateway.registry.replies.ops = () => ({ body: rows });
  gateway.validator.replies.about = () => ({ body: { actionlint_version: "1.7.12" } });
  expect(await (await gateway.call("GET", "/api/ops", undefined, { as: "viewer" })).json()).toEqual({
    ...rows,
    queues: null,
    actionlint_version: "1.7.12",
  });
  gateway.validator.replies.about = () => ({ problem: "unavailable" });
  expect(await (await gateway.call("GET", "/api/ops")).json()).toMatchObject({ actionlint_version: null });
});

it("lists deliveries by status and kind, for admins", async () => {
  gateway.registry.replies.listDeliveries = () => ({ body: { items: [delivery], next_cursor: null } });
  const answer = await gateway.call("GET", "/api/deliveries?status=failed&kind=callback");
  expect([answer.status, await answer.json()]).toEqual([200, { items: [delivery], next_cursor: null }]);
  expect(gateway.registry.calls("listDeliveries")).toMatchObject([{ query: { status: "failed", kind: "callback" } }]);
  expect((await gateway.call("GET", "/api/deliveries", undefined, { as: "author" })).status).toBe(403);
});

it("has a failed one read again in the name of who asks, and no other", async () => {
  gateway.registry.replies.replayDelivery = () => ({ body: { delivery, jobs: [aJob("callbacks", "7")] } });
  const answer = await gateway.call("POST", "/api/deliveries/7/replay");
  expect([answer.status, await answer.json()]).toEqual([202, delivery]);
  expect(gateway.registry.calls("replayDelivery")).toMatchObject([
    { params: { id: "7" }, body: { actor: "the admin" } },
  ]);
  gateway.registry.replies.replayDelivery = () => ({ problem: "wrong_state" });
  expect((await gateway.call("POST", "/api/deliveries/7/replay")).status).toBe(409);
});
