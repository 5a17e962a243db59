import { createHmac, randomUUID } from "node:crypto";
import type { Faults } from "../faults/faults.ts";
import type { Log } from "../log.ts";
import type { State } from "../state/database.ts";
import type { Delivery, Hook } from "../state/documents.ts";
import { timestamp } from "../time.ts";

const concurrent = 64;
const kept_ms = 3 * 24 * 3_600_000;
const largest_response = 64 * 1024;

export type Outgoing = {
  event: string;
  action: string | null;
  body: string;
  installation_id: number | null;
  repository_id: number | null;
  guid?: string;
  redelivery?: boolean;
};

/** Signs and posts deliveries in the background, keeps what was sent and answered. Never tries twice by itself. */
export class WebhookSender {
  readonly #state: State;
  readonly #log: Log;
  readonly #timeout_ms: number;
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #aborts = new Set<AbortController>();
  #active = 0;
  #sent = 0;
  #held: (() => void) | undefined;
  #idle: (() => void)[] = [];

  constructor(state: State, log: Log, timeout_ms: number) {
    this.#state = state;
    this.#log = log;
    this.#timeout_ms = timeout_ms;
  }

  /** Records the delivery and sends it soon. Answers with the record. */
  send(hook: Hook, outgoing: Outgoing, faults?: Faults): Delivery {
    const guid = outgoing.guid ?? randomUUID();
    const delivery: Delivery = {
      id: this.#state.next("deliveries", 10_000),
      hook_id: hook.id,
      app_id: hook.app_id,
      guid,
      delivered_at: timestamp(),
      delivered_ms: Date.now(),
      redelivery: outgoing.redelivery ?? false,
      duration: 0,
      status: "pending",
      status_code: 0,
      event: outgoing.event,
      action: outgoing.action,
      installation_id: outgoing.installation_id,
      repository_id: outgoing.repository_id,
      url: hook.url,
      request_headers: headersOf(hook, outgoing, guid),
      response_headers: {},
      response_body: "",
    };
    const bytes = hook.content_type === "form" ? `payload=${encodeURIComponent(outgoing.body)}` : outgoing.body;
    delivery.request_headers = sign(hook, delivery.request_headers, bytes);
    this.#state.putText("delivery", delivery.id, outgoing.body);
    this.#state.deliveries.put(delivery);
    const fault = faults?.take("webhook", { match: `${outgoing.event}.${outgoing.action ?? ""}`, path: hook.url });
    switch (fault?.kind) {
      case "webhook_drop":
        this.#finish(hook, delivery, { status: "timed out", status_code: 0, duration: 10 });
        break;
      case "webhook_delay":
        setTimeout(() => this.#enqueue(hook, delivery, bytes), fault.delay_ms).unref();
        break;
      case "webhook_reorder":
        // Held back until another one has overtaken it, or its delay is over.
        this.#hold(hook, delivery, bytes, fault.delay_ms || 1000);
        break;
      case "webhook_duplicate":
        this.#enqueue(hook, delivery, bytes);
        this.#enqueue(hook, delivery, bytes);
        break;
      default:
        this.#enqueue(hook, delivery, bytes);
    }
    return delivery;
  }

  /** Ends what is under way; pending ones are kept as failed. */
  async close(): Promise<void> {
    this.#waiting.length = 0;
    for (const abort of this.#aborts) abort.abort();
    await this.settled();
    this.failPending();
  }

  /** Resolves when nothing is under way. */
  settled(): Promise<void> {
    if (this.#active === 0 && this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** What an earlier process had not finished counts as failed, so that it can be found and redelivered. */
  failPending(): void {
    for (const delivery of this.#state.deliveries.find({ and: "doc ->> '$.status' = 'pending'" })) {
      this.#state.deliveries.put({ ...delivery, status: "failed to connect to host" });
    }
  }

  #hold(hook: Hook, delivery: Delivery, bytes: string, longest_ms: number): void {
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      clearTimeout(timer);
      this.#enqueue(hook, delivery, bytes);
    };
    const timer = setTimeout(release, longest_ms).unref();
    this.#held?.();
    this.#held = release;
  }

  #enqueue(hook: Hook, delivery: Delivery, bytes: string): void {
    this.#waiting.push(() => this.#post(hook, delivery, bytes));
    this.#pump();
  }

  #pump(): void {
    while (this.#active < concurrent) {
      const job = this.#waiting.shift();
      if (job === undefined) break;
      this.#active++;
      void job().finally(() => {
        this.#active--;
        this.#pump();
        if (this.#active === 0 && this.#waiting.length === 0) for (const resolve of this.#idle.splice(0)) resolve();
      });
    }
  }

  async #post(hook: Hook, delivery: Delivery, bytes: string): Promise<void> {
    const started = performance.now();
    const abort = new AbortController();
    this.#aborts.add(abort);
    const timer = setTimeout(() => abort.abort(new Error("timed out")), this.#timeout_ms);
    const seconds = () => Math.round((performance.now() - started) / 10) / 100;
    try {
      const response = await fetch(delivery.url, {
        method: "POST",
        headers: delivery.request_headers,
        body: bytes,
        redirect: "manual",
        signal: abort.signal,
      });
      const body = (await response.text()).slice(0, largest_response);
      this.#finish(hook, delivery, {
        status: response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`,
        status_code: response.status,
        duration: seconds(),
        response_headers: Object.fromEntries(response.headers),
        response_body: body,
      });
    } catch (error) {
      const timed_out = abort.signal.aborted;
      this.#log.warn({ error, url: delivery.url, event: delivery.event }, "webhook was not delivered");
      this.#finish(hook, delivery, {
        status: timed_out ? "timed out" : "failed to connect to host",
        status_code: timed_out ? 504 : 502,
        duration: seconds(),
      });
    } finally {
      clearTimeout(timer);
      this.#aborts.delete(abort);
      const release = this.#held;
      this.#held = undefined;
      release?.();
    }
  }

  #finish(hook: Hook, delivery: Delivery, result: Partial<Delivery>): void {
    this.#state.deliveries.put({ ...delivery, ...result });
    const current = this.#state.hooks.get(hook.id);
    if (current !== undefined) {
      const code = result.status_code ?? 0;
      const ok = code >= 200 && code < 300;
      this.#state.hooks.put({
        ...current,
        last_response: { code, status: ok ? "active" : "failed", message: result.status ?? null },
      });
    }
    if (++this.#sent % 500 === 0) {
      this.#forgetOld();
    }
  }

  #forgetOld(): void {
    const [newest] = this.#state.deliveries.find({
      and: "doc ->> '$.delivered_ms' < ?",
      and_values: [Date.now() - kept_ms],
      order: "id desc",
      limit: 1,
    });
    if (newest === undefined) return;
    this.#state.deliveries.deleteWhere({ and: "id <= ?", and_values: [newest.id] });
    this.#state.forgetTexts("delivery", newest.id);
  }
}

function headersOf(hook: Hook, outgoing: Outgoing, guid: string): Record<string, string> {
  return {
    accept: "*/*",
    "content-type": hook.content_type === "form" ? "application/x-www-form-urlencoded" : "application/json",
    "user-agent": "GitHub-Hookshot/local",
    "X-GitHub-Delivery": guid,
    "X-GitHub-Event": outgoing.event,
    "X-GitHub-Hook-ID": String(hook.id),
    "X-GitHub-Hook-Installation-Target-ID": String(hook.app_id ?? hook.repository_id ?? 0),
    "X-GitHub-Hook-Installation-Target-Type": hook.app_id === null ? "repository" : "integration",
  };
}

/** Adds the signatures over the exact bytes of the body. */
function sign(hook: Hook, headers: Record<string, string>, bytes: string): Record<string, string> {
  const { secret } = hook;
  if (secret === null) return headers;
  const digest = (algorithm: string) => createHmac(algorithm, secret).update(bytes).digest("hex");
  return {
    ...headers,
    "X-Hub-Signature": `sha1=${digest("sha1")}`,
    "X-Hub-Signature-256": `sha256=${digest("sha256")}`,
  };
}
