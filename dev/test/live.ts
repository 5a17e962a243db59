import type { LiveEvent } from "@infraskill/contracts/live-event";
import { until } from "@infraskill/testing/until";
import type { System } from "./system.ts";

export type LiveFollower = {
  /** What came so far, once `condition` holds of it. */
  until(condition: (events: readonly LiveEvent[]) => boolean): Promise<readonly LiveEvent[]>;
  stop(): Promise<void>;
};

/** Follows the live events as a client that resumes with Last-Event-ID after every loss of its connection. */
export function followEvents({ endpoints }: System): LiveFollower {
  const events: LiveEvent[] = [];
  const ending = new AbortController();
  const following = follow();

  async function follow(): Promise<void> {
    while (!ending.signal.aborted) {
      await readStream().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function readStream(): Promise<void> {
    const last = events.at(-1)?.id;
    const response = await fetch(`${endpoints.gateway_url}/api/events`, {
      headers: {
        authorization: `Bearer ${endpoints.admin_token}`,
        ...(last === undefined ? {} : { "last-event-id": String(last) }),
      },
      signal: ending.signal,
    });
    let text = "";
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (text + chunk).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) if (block.includes("data:")) events.push(parse(block));
    }
  }

  return {
    async until(condition) {
      await until(() => condition(events), { timeout_ms: 15_000, what: "live events" });
      return events;
    },
    async stop() {
      ending.abort();
      await following;
    },
  };
}

function parse(block: string): LiveEvent {
  const fields = Object.fromEntries(
    block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const data = JSON.parse(fields["data"] ?? "{}") as { id: string; status: string; version: number };
  return {
    id: Number(fields["id"]),
    kind: fields["event"] as LiveEvent["kind"],
    object_id: data.id,
    status: data.status,
    version: data.version,
  };
}
