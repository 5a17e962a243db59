import { type LiveEvent, LiveEventData, LiveEventKind } from "@infraskill/contracts/live-event";
import { createParser, type EventSourceMessage } from "eventsource-parser";

export type ReadOptions = {
  /** The last event seen, to go on from without a gap. */
  after: number | undefined;
  signal: AbortSignal;
  onOpen: () => void;
  onEvent: (event: LiveEvent) => void;
};

/** Reads the live events of one connection until it ends or breaks. Throws when it breaks. */
export async function readEvents({ after, signal, onOpen, onEvent }: ReadOptions): Promise<void> {
  const response = await fetch("/api/events", {
    headers: { accept: "text/event-stream", ...(after === undefined ? {} : { "last-event-id": String(after) }) },
    cache: "no-store",
    // What the page shows first comes before what changes later.
    priority: "low",
    signal,
  });
  if (!response.ok || response.body === null) throw new Error(`live events: ${response.status}`);
  onOpen();
  const parser = createParser({
    onEvent: (message) => {
      const event = toLiveEvent(message);
      if (event !== undefined) onEvent(event);
    },
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(value);
  }
}

/** Undefined for what this console does not know, such as a kind that a newer server sends. */
function toLiveEvent(message: EventSourceMessage): LiveEvent | undefined {
  const kind = LiveEventKind.safeParse(message.event);
  if (!kind.success || message.id === undefined) return undefined;
  try {
    const data = LiveEventData.safeParse(JSON.parse(message.data));
    if (!data.success) return undefined;
    const { id: object_id, ...changed } = data.data;
    return { ...changed, object_id, kind: kind.data, id: Number(message.id) };
  } catch {
    return undefined;
  }
}
