import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type Call, inTurns, measureRate } from "./measure.ts";
import { memoryOf, servicesOf } from "./process-use.ts";
import type { Result } from "./result.ts";
import type { Rig } from "./rig.ts";
import { startPeer } from "./start-peer.ts";

const connections = 32;
const round_ms = 2_000;

/**
 * P1, P2, P10: webhooks of 24 kB kept before they are answered, beside the least that does the same and beside Probot; once more without Redis; and
 * the memory that takes.
 */
export async function benchWebhooks(rig: Rig, rounds: number): Promise<Result[]> {
  const makeCall = webhookMaker(rig.endpoints.webhook_secret);
  const rateOf = (url: string) => () => measureRate(connections, round_ms, () => makeCall(url));
  const ours = rateOf(`${rig.endpoints.gateway_url}/webhooks/github`);
  const floor = rateOf(`${rig.peer_url}/hook`);
  const probot = await startPeer("peer-probot.mjs", {
    DATABASE_URL: rig.endpoints.database_url,
    SECRET: rig.endpoints.webhook_secret,
  });
  try {
    const urls = JSON.parse(probot.line) as { noop: string; insert: string };
    const both = await inTurns(rounds, ours, floor);
    const beside_insert = await inTurns(rounds, ours, rateOf(urls.insert));
    const beside_noop = await inTurns(rounds, ours, rateOf(urls.noop));
    const memory = await duringLoad(ours, () => memoryOf(servicesOf(rig.pids())));
    await rig.stopRedis();
    const without = await inTurns(rounds, ours, floor);
    await rig.startRedis();
    return [
      compare("P1", "webhook of 24 kB kept, against Fastify + HMAC + one insert", both, { must: 0.5, stretch: 0.8 }),
      compare("P1", "… against Probot + the same insert", beside_insert, { must: 2, stretch: 3 }),
      compare("P1", "… against Probot that keeps nothing", beside_noop, { must: 0.5, stretch: 0.7 }),
      {
        ...compare("P2", "P1 with Redis stopped, against P1 (both as shares of the floor)", without, {
          must: 0.9,
          stretch: 1,
        }),
        measured: `${Math.round(without.ours)}/s against ${Math.round(both.ours)}/s`,
        value: without.ours / without.theirs / (both.ours / both.theirs),
      },
      {
        id: "P10",
        what: "memory of the services under P1 (proportional set size)",
        measured: memory.text,
        value: memory.total_mb,
        unit: "MB",
        better: "less",
        must: 1_200,
        stretch: 800,
      },
    ];
  } finally {
    probot.child.kill("SIGKILL");
  }
}

type Bounds = Pick<Result, "must" | "stretch">;

function compare(id: string, what: string, { ours, theirs }: { ours: number; theirs: number }, bounds: Bounds): Result {
  return {
    id,
    what,
    measured: `${Math.round(ours)}/s against ${Math.round(theirs)}/s`,
    value: ours / theirs,
    unit: "×",
    better: "more",
    ...bounds,
  };
}

/** What `look` sees in the middle of the load. */
async function duringLoad<T>(load: () => Promise<unknown>, look: () => Promise<T>): Promise<T> {
  const loading = load();
  await delay(round_ms / 2);
  const seen = await look();
  await loading;
  return seen;
}

/** A pull request event as large as GitHub's; every one has a body of its own, because a body is kept once. */
function webhookMaker(secret: string): (url: string) => Call {
  const filler = Array.from({ length: 280 }, (_, n) => ({
    [`https_url_of_something_${n}`]: `https://api.github.com/repos/o/r/things/${n * 7919}`,
  }));
  let sent = 0;
  return (url) => {
    sent += 1;
    const body = Buffer.from(
      JSON.stringify({ action: "labeled", number: sent, pull_request: { number: sent, filler } }),
    );
    return {
      method: "POST",
      url,
      headers: {
        "content-type": "application/json",
        "x-github-event": "pull_request",
        "x-github-delivery": randomUUID(),
        "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      },
      body,
    };
  };
}
