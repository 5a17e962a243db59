import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { owner, repo, secret, startWorld, type World } from "./support/start.ts";
import { commitFiles, refusalOf } from "./support/work.ts";

const place = { owner, repo };
let world: World;
let hook_id: number;

beforeAll(async () => {
  world = await startWorld({ webhook_timeout_ms: 5_000 });
  hook_id = (await world.octokit.repos.listWebhooks(place)).data[0]?.id ?? 0;
});
afterAll(() => world[Symbol.asyncDispose]());

test("a hook is made, pinged, changed, tested and removed; its secret is never shown", async () => {
  const { octokit, receiver } = world;
  const config = { url: `${receiver.url}/second`, content_type: "json", secret };
  const hook = (await octokit.repos.createWebhook({ ...place, config, events: ["push"] })).data;
  expect(hook.config.secret).toBe("********");
  await receiver.waitFor("ping", ({ payload }) => payload["hook_id"] === hook.id);
  expect(await refusalOf(octokit.repos.createWebhook({ ...place, config }))).toMatchObject({ status: 422 });
  const changed = await octokit.repos.updateWebhook({
    ...place,
    hook_id: hook.id,
    active: false,
    add_events: ["pull_request"],
  });
  expect(changed.data).toMatchObject({ active: false, events: ["push", "pull_request"] });
  await octokit.repos.testPushWebhook({ ...place, hook_id: hook.id });
  await receiver.waitFor("push");
  await octokit.repos.pingWebhook({ ...place, hook_id: hook.id });
  await octokit.repos.deleteWebhook({ ...place, hook_id: hook.id });
  expect(await refusalOf(octokit.repos.getWebhook({ ...place, hook_id: hook.id }))).toMatchObject({ status: 404 });
});

test("a failed delivery is kept, not tried again, and redelivered on request with the same GUID and bytes", async () => {
  const { octokit, receiver } = world;
  receiver.status = 500;
  const sha = await commitFiles(octokit, "fails", { "f.txt": "1" });
  const failed = await receiver.waitFor("push", ({ payload }) => payload["after"] === sha);
  const item = await eventually(async () => {
    const { data } = await octokit.repos.listWebhookDeliveries({ ...place, hook_id });
    const found = data.find(({ guid }) => guid === failed.guid);
    expect(found?.status_code).toBe(500);
    return found;
  });
  expect(receiver.received.filter(({ guid }) => guid === failed.guid)).toHaveLength(1);
  receiver.status = 200;
  const delivery = (await octokit.repos.getWebhookDelivery({ ...place, hook_id, delivery_id: item?.id ?? 0 })).data;
  expect(delivery.request.payload).toEqual(failed.payload);
  expect(delivery.response.payload).toBe("ok");
  await octokit.repos.redeliverWebhookDelivery({ ...place, hook_id, delivery_id: delivery.id });
  await eventually(() => expect(receiver.received.filter(({ guid }) => guid === failed.guid)).toHaveLength(2));
  const again = receiver.received.findLast(({ guid }) => guid === failed.guid);
  expect(again?.payload).toEqual(failed.payload);
  await eventually(async () => {
    const { data } = await octokit.repos.listWebhookDeliveries({ ...place, hook_id });
    expect(data.filter(({ guid }) => guid === failed.guid).map(({ redelivery }) => redelivery)).toEqual([true, false]);
  });
});

test("a receiver that hangs holds nobody up and counts as timed out", async () => {
  const { octokit } = world;
  const deaf = createServer(() => undefined);
  await new Promise<void>((resolve) => deaf.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}/`;
  const hook = (
    await octokit.repos.createWebhook({ ...place, config: { url, content_type: "json" }, events: ["push"] })
  ).data;
  const sha = await commitFiles(octokit, "quick", { "q.txt": "1" });
  await world.receiver.waitFor("push", ({ payload }) => payload["after"] === sha);
  await eventually(async () => {
    const { data } = await octokit.repos.listWebhookDeliveries({ ...place, hook_id: hook.id });
    expect(data.map(({ event, status }) => `${event} ${status}`)).toEqual(["push timed out", "ping timed out"]);
  });
  await octokit.repos.deleteWebhook({ ...place, hook_id: hook.id });
  deaf.close();
  deaf.closeAllConnections();
});

test("webhooks are dropped, doubled and reordered on request", async () => {
  const { octokit, receiver } = world;
  const push = (branch: string) => commitFiles(octokit, branch, { "x.txt": branch });
  await world.admin("POST", "/faults", { kind: "webhook_drop", match: "^push", times: 1 });
  const dropped = await push("dropped");
  await world.admin("POST", "/faults", { kind: "webhook_duplicate", match: "^push", times: 1 });
  const doubled = await push("doubled");
  const after = (sha: string) =>
    receiver.received.filter(({ event, payload }) => event === "push" && payload["after"] === sha);
  await eventually(() => expect(after(doubled)).toHaveLength(2));
  expect(new Set(after(doubled).map(({ guid }) => guid)).size).toBe(1);
  expect(after(dropped)).toHaveLength(0);
  await world.admin("POST", "/faults", { kind: "webhook_reorder", match: "^push", times: 1, delay_ms: 5_000 });
  const late = await push("late");
  await receiver.waitFor("push", ({ payload }) => payload["after"] === late);
  const names = receiver.received.map(({ event, payload }) => `${event} ${String(payload["after"] ?? payload["ref"])}`);
  expect(names.indexOf("create late")).toBeLessThan(names.indexOf(`push ${late}`));
});

test("deliveries and hooks survive a restart", async () => {
  const before = (await world.octokit.repos.listWebhookDeliveries({ ...place, hook_id })).data.length;
  await world.restart();
  expect((await world.octokit.repos.listWebhookDeliveries({ ...place, hook_id })).data.length).toBeGreaterThanOrEqual(
    Math.min(30, before),
  );
  const sha = await commitFiles(world.octokit, "after-restart", { "r.txt": "1" });
  await world.receiver.waitFor("push", ({ payload }) => payload["after"] === sha);
});

test("every answer and every event fits GitHub's description", () => {
  expect(world.faults).toEqual([]);
  expect(world.receiver.faults).toEqual([]);
});
