import { createHmac, randomUUID } from "node:crypto";
import { type Call, inTurns, measureRate } from "./measure.ts";
import type { Result } from "./result.ts";
import type { Rig } from "./rig.ts";

const connections = 32;
const round_ms = 2_000;

/** P1, P2: webhooks of 24 kB kept before they are answered, beside the least that does the same; once more without Redis. */
export async function benchWebhooks(rig: Rig, rounds: number): Promise<Result[]> {
  const makeCall = webhookMaker(rig.endpoints.webhook_secret);
  const ours = () => measureRate(connections, round_ms, () => makeCall(`${rig.endpoints.gateway_url}/webhooks/github`));
  const theirs = () => measureRate(connections, round_ms, () => makeCall(`${rig.peer_url}/hook`));
  const both = await inTurns(rounds, ours, theirs);
  await rig.stopRedis();
  const without = await inTurns(rounds, ours, theirs);
  await rig.startRedis();
  const show = (rate: number) => `${Math.round(rate)}/s`;
  return [
    {
      id: "P1",
      what: "webhook of 24 kB kept, against Fastify + HMAC + one insert",
      measured: `${show(both.ours)} against ${show(both.theirs)}`,
      value: both.ours / both.theirs,
      unit: "×",
      better: "more",
      must: 0.5,
      stretch: 0.8,
    },
    {
      id: "P2",
      what: "P1 with Redis stopped, against P1 (both as shares of the floor)",
      measured: `${show(without.ours)} against ${show(both.ours)}`,
      value: without.ours / without.theirs / (both.ours / both.theirs),
      unit: "×",
      better: "more",
      must: 0.9,
      stretch: 1,
    },
  ];
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
