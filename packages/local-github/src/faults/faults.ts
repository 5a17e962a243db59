export const fault_kinds = [
  "status",
  "reset",
  "hang",
  "garbage",
  "delay",
  "rate_limit",
  "secondary_limit",
  "webhook_delay",
  "webhook_drop",
  "webhook_duplicate",
  "webhook_reorder",
  "run_list_lag",
  "run_dies",
  "run_no_webhooks",
  "registration_lag",
] as const;
export type FaultKind = (typeof fault_kinds)[number];

/** One thing that is to go wrong. Every field beside `kind` narrows it or shapes it. */
export type Fault = {
  id: number;
  kind: FaultKind;
  /** "before": the request has no effect; "after": it has its effect, only the answer is lost. */
  when: "before" | "after";
  /** Of requests: the method, and a pattern (regular expression) for the path with its query. */
  method: string | null;
  path: string | null;
  /** Of webhooks and runs: a pattern for `event.action`, or for the workflow's path. */
  match: string | null;
  /** How often it strikes, then it is gone; null: until it is deleted. */
  times: number | null;
  /** Lets this many pass first. */
  skip: number;
  /** Share of the matching cases that are struck, 0 to 1. */
  probability: number;
  status: number;
  delay_ms: number;
  /** Seconds of `retry-after`; null: the header is left out. */
  retry_after: number | null;
  struck: number;
};

export type FaultArea = "api" | "webhook" | "run_list" | "run" | "run_webhooks" | "registration";

const areas: Record<FaultArea, readonly FaultKind[]> = {
  api: ["status", "reset", "hang", "garbage", "delay", "rate_limit", "secondary_limit"],
  webhook: ["webhook_delay", "webhook_drop", "webhook_duplicate", "webhook_reorder"],
  run_list: ["run_list_lag"],
  run: ["run_dies"],
  run_webhooks: ["run_no_webhooks"],
  registration: ["registration_lag"],
};

export type Subject = { method?: string; path?: string; route?: string; match?: string };

/** The faults that were asked for. In memory, so a restart is a clean slate. Randomness is seeded and repeatable. */
export class Faults {
  readonly #faults = new Map<number, Fault>();
  #next_id = 1;
  #seed = 1;
  #limited_until = 0;

  list(): Fault[] {
    return [...this.#faults.values()];
  }

  add(wanted: Partial<Fault> & { kind: FaultKind }): Fault {
    const fault: Fault = {
      when: "before",
      method: null,
      path: null,
      match: null,
      times: null,
      skip: 0,
      probability: 1,
      status: 502,
      delay_ms: 0,
      retry_after: null,
      ...wanted,
      id: this.#next_id++,
      struck: 0,
    };
    this.#faults.set(fault.id, fault);
    return fault;
  }

  remove(id: number): boolean {
    return this.#faults.delete(id);
  }

  clear(): void {
    this.#faults.clear();
    this.#limited_until = 0;
  }

  seed(seed: number): void {
    this.#seed = seed >>> 0 || 1;
  }

  /** The first fault that strikes this case, if any; counts it. */
  take(area: FaultArea, subject: Subject): Fault | undefined {
    for (const fault of this.#faults.values()) {
      if (!areas[area].includes(fault.kind) || !matches(fault, subject)) continue;
      if (fault.skip > 0) {
        fault.skip--;
        continue;
      }
      if (fault.probability < 1 && this.#random() >= fault.probability) continue;
      fault.struck++;
      if (fault.times !== null && --fault.times <= 0) this.#faults.delete(fault.id);
      if ((fault.kind === "rate_limit" || fault.kind === "secondary_limit") && fault.retry_after !== null) {
        this.#limited_until = Math.max(this.#limited_until, Date.now() + fault.retry_after * 1000);
      }
      return fault;
    }
    return undefined;
  }

  /** Until when the caller was told to wait (RFC 3339), while that time has not come. */
  limitedUntil(now_ms: number): string | undefined {
    return this.#limited_until > now_ms ? new Date(this.#limited_until).toISOString() : undefined;
  }

  // mulberry32: small, seedable, good enough to choose victims.
  #random(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) >>> 0;
    let t = this.#seed;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
}

function matches(fault: Fault, subject: Subject): boolean {
  if (fault.method !== null && fault.method.toUpperCase() !== subject.method) return false;
  if (fault.path !== null && !new RegExp(fault.path).test(subject.path ?? "")) return false;
  return fault.match === null || new RegExp(fault.match).test(subject.match ?? "");
}
