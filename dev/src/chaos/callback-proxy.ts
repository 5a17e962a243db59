import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "./random.ts";

/** Shares, 0 to 1. */
export interface CallbackFaults {
  readonly lost: number;
  readonly doubled: number;
  readonly late: number;
  readonly forged: number;
  /** Of the claims: they arrive when infraskill has given the run up. */
  readonly late_claims: number;
}

interface CallbackCounts {
  seen: number;
  lost: number;
  doubled: number;
  late: number;
  forged: number;
  late_claims: number;
  /** Forgeries that were answered with a success; must stay 0. */
  forgeries_accepted: number;
}

export interface CallbackProxy {
  readonly url: string;
  readonly counts: Readonly<CallbackCounts>;
  /** Executions whose run was told that its report arrived, when it was lost or held back: their outputs may be gone for good. */
  readonly withheld: ReadonlySet<string>;
  /** Where the gateway is; until then everything is answered 503. */
  aim(target: string): void;
  /** From now on everything passes unharmed. */
  calm(): void;
  stop(): Promise<void>;
}

type Message = { method: string; path: string; headers: Record<string, string>; body: string };

const callback_path = "/api/skills/callback";
const claim_path = /^\/api\/executions\/[^/]+\/claim$/;
/** Longer than the soak's look-up window; the runs' own patience is 30 s. */
const late_claim_ms = 15_000;

/**
 * Stands between the runs and the gateway, as a bad network would: callbacks are lost (the run believes they arrived), delivered twice, held back
 * until later ones have overtaken them, and accompanied by forgeries; claims come late.
 */
export async function startCallbackProxy(random: Random, faults: CallbackFaults): Promise<CallbackProxy> {
  const counts: CallbackCounts = {
    seen: 0,
    lost: 0,
    doubled: 0,
    late: 0,
    forged: 0,
    late_claims: 0,
    forgeries_accepted: 0,
  };
  const withheld = new Set<string>();
  let target: string | undefined;
  let calm = false;
  let last: Message | undefined;

  async function forward(message: Message): Promise<{ status: number; body: string }> {
    if (target === undefined) return { status: 503, body: "{}" };
    const { method, path, headers, body } = message;
    try {
      const answer = await fetch(target + path, { method, headers, ...(body === "" ? {} : { body }) });
      return { status: answer.status, body: await answer.text() };
    } catch {
      return { status: 502, body: "{}" };
    }
  }

  async function forge(message: Message): Promise<void> {
    counts.forged += 1;
    const authorization = message.headers["authorization"] ?? "";
    const cut = authorization.lastIndexOf(".") + 1;
    const forgeries: Message[] = [
      { ...message, headers: { ...message.headers, authorization: authorization.slice(0, cut) + "A".repeat(342) } },
      ...(last === undefined ? [] : [{ ...message, body: last.body }]),
    ];
    last = message;
    for (const forgery of forgeries) {
      const { status } = await forward(forgery);
      if (status < 300) counts.forgeries_accepted += 1;
    }
  }

  async function strike(message: Message): Promise<{ status: number; body: string }> {
    counts.seen += 1;
    const accepted = { status: 200, body: '{"accepted":true}' };
    if (random() < faults.forged) await forge(message);
    let fate = random();
    if ((fate -= faults.lost) < 0) {
      counts.lost += 1;
      withheld.add(executionOf(message));
      return accepted;
    }
    if ((fate -= faults.doubled) < 0) {
      counts.doubled += 1;
      const answers = await Promise.all([forward(message), forward(message)]);
      return answers[0];
    }
    if ((fate -= faults.late) < 0) {
      counts.late += 1;
      withheld.add(executionOf(message));
      void delay(1_000 + random() * 3_000).then(() => forward(message));
      return accepted;
    }
    return forward(message);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = await read(request);
    if (!calm && claim_path.test(message.path) && random() < faults.late_claims) {
      counts.late_claims += 1;
      await delay(late_claim_ms);
    }
    const { status, body } = await (message.path === callback_path && !calm ? strike(message) : forward(message));
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    withheld,
    aim: (to) => {
      target = to;
    },
    calm: () => {
      calm = true;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function executionOf({ body }: Message): string {
  return (JSON.parse(body) as { execution_id: string }).execution_id;
}

async function read(request: IncomingMessage): Promise<Message> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const kept = ["authorization", "content-type"].flatMap((name) => {
    const value = request.headers[name];
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  const { method = "GET", url: path = "/" } = request;
  return { method, path, headers: Object.fromEntries(kept), body: Buffer.concat(chunks).toString() };
}
