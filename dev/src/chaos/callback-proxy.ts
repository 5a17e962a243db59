import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type CallbackFaults, drawCutOff, drawFate, type Fate } from "./callback-fates.ts";
import { belongsToTask } from "./effect-key.ts";
import type { Random } from "./random.ts";

export interface CallbackProxy {
  readonly url: string;
  /** Posts by fate, forgeries, late claims. */
  readonly counts: Readonly<Record<string, number>>;
  /** Which forgeries were answered with a success; must stay empty. */
  readonly forgeries_accepted: readonly string[];
  /** Executions whose run gave its report up: no post of it ever got through. */
  readonly given_up: ReadonlySet<string>;
  /** Where the gateway is; until then everything is answered 503. */
  aim(target: string): void;
  /** From now on everything passes unharmed, but for runs that are cut off already. */
  calm(): void;
  stop(): Promise<void>;
}

type Message = { method: string; path: string; headers: Record<string, string>; body: string };
/** `undefined`: the connection breaks. */
type Answer = { status: number; body: string } | undefined;

const callback_path = "/api/skills/callback";
const claim_path = /^\/api\/executions\/[^/]+\/claim$/;
/** Longer than the soak's look-up window and the wait for the next look; the runs' own patience is 30 s. */
const late_claim_ms = 25_000;

/** Stands between the runs and the gateway and does what a network can: no run is told anything that infraskill has not answered. */
export async function startCallbackProxy(random: Random, faults: CallbackFaults): Promise<CallbackProxy> {
  const counts: Record<string, number> = {};
  const cut_off = new Map<string, boolean>();
  const forgeries_accepted: string[] = [];
  let target: string | undefined;
  let calm = false;
  let last: Message | undefined;
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };

  async function forward({ method, path, headers, body }: Message): Promise<Answer> {
    if (target === undefined) return { status: 503, body: "{}" };
    try {
      const answer = await fetch(target + path, { method, headers, ...(body === "" ? {} : { body }) });
      return { status: answer.status, body: await answer.text() };
    } catch {
      return undefined;
    }
  }

  async function forge(message: Message): Promise<void> {
    count("callbacks forged");
    const authorization = message.headers["authorization"] ?? "";
    const cut = authorization.lastIndexOf(".") + 1;
    const unsigned = { ...message.headers, authorization: authorization.slice(0, cut) + "A".repeat(342) };
    const forgeries: [what: string, forgery: Message][] = [
      ["without its signature", { ...message, headers: unsigned }],
    ];
    // The same run's other report would be no forgery.
    if (last !== undefined && executionOf(last) !== executionOf(message)) {
      forgeries.push([`with a report on ${executionOf(last)}`, { ...message, body: last.body }]);
    }
    last = message;
    for (const [what, forgery] of forgeries) {
      const answer = await forward(forgery);
      if (answer === undefined || answer.status >= 300) continue;
      forgeries_accepted.push(`the callback of ${executionOf(message)} ${what} was answered ${answer.status}`);
    }
  }

  function fateOf(message: Message): Fate {
    const { execution_id, outputs } = JSON.parse(message.body) as { execution_id: string; outputs: { next?: string } };
    const known = cut_off.get(execution_id);
    const cut = known ?? (!calm && drawCutOff(random, faults, belongsToTask(outputs.next ?? "")));
    cut_off.set(execution_id, cut);
    if (cut) return "cut_off";
    return calm ? "delivered" : drawFate(random, faults);
  }

  async function carry(message: Message): Promise<Answer> {
    if (!calm && random() < faults.forged) await forge(message);
    const fate = fateOf(message);
    count(`callbacks ${fate.replace("_", " ")}`);
    switch (fate) {
      case "cut_off":
        return { status: 403, body: '{"detail":"blocked by a firewall"}' };
      case "lost":
        return undefined;
      case "unanswered":
        await forward(message);
        return undefined;
      case "doubled":
        return (await Promise.all([forward(message), forward(message)]))[0];
      case "late":
        await delay(1_000 + random() * 3_000);
        return forward(message);
      case "delivered":
        return forward(message);
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = await read(request);
    if (!calm && claim_path.test(message.path) && random() < faults.late_claims) {
      count("claims late");
      await delay(late_claim_ms);
    }
    const answered = await (message.path === callback_path ? carry(message) : forward(message));
    if (answered === undefined) request.socket.destroy();
    else response.writeHead(answered.status, { "content-type": "application/json" }).end(answered.body);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    forgeries_accepted,
    get given_up() {
      return new Set([...cut_off].filter(([, cut]) => cut).map(([execution_id]) => execution_id));
    },
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
