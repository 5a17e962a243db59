type Window = { used: number; reset: number; limit: number };

const hour = 3_600;

/** How many requests each caller has made in its hour. In memory: a restart starts a new hour. */
export class RateLimits {
  readonly #limit: number;
  readonly #windows = new Map<string, Window>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts one request; `allowed` is false when the hour is used up. */
  spend(caller: string, now_ms: number): Window & { allowed: boolean } {
    const window = this.#window(caller, now_ms);
    if (window.used >= window.limit) return { ...window, allowed: false };
    window.used++;
    return { ...window, allowed: true };
  }

  /** Takes one request back: a 304 costs nothing. */
  refund(caller: string, now_ms: number): Window {
    const window = this.#window(caller, now_ms);
    window.used = Math.max(0, window.used - 1);
    return window;
  }

  peek(caller: string, now_ms: number): Window {
    return this.#window(caller, now_ms);
  }

  #window(caller: string, now_ms: number): Window {
    const now = Math.floor(now_ms / 1000);
    let window = this.#windows.get(caller);
    if (window === undefined || window.reset <= now) {
      if (this.#windows.size > 10_000) this.#forget(now);
      window = { used: 0, reset: now + hour, limit: caller === "anonymous" ? Math.min(60, this.#limit) : this.#limit };
      this.#windows.set(caller, window);
    }
    return window;
  }

  #forget(now: number): void {
    for (const [caller, window] of this.#windows) if (window.reset <= now) this.#windows.delete(caller);
  }
}
