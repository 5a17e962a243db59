import type { Concurrency } from "../runner/types.ts";

export type Member = { go: (release: () => void) => void; drop: () => void; cancel: () => void };
type Group = { running: Member | undefined; pending: Member[] };

const most_pending = 100;

/** GitHub's concurrency groups: one runs, one (or with `queue: max` a hundred) waits, a newer one displaces the waiting one. */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, Group>();

  /** Lets the member run now or later, or drops it. Answers with a function that takes it out of the queue. */
  enter(key: string, concurrency: Concurrency, member: Member): () => void {
    const group = this.#groups.get(key) ?? { running: undefined, pending: [] };
    this.#groups.set(key, group);
    if (group.running === undefined) {
      this.#start(key, group, member);
      return () => undefined;
    }
    if (concurrency.queue === "single") {
      for (const displaced of group.pending.splice(0)) displaced.drop();
    } else if (group.pending.length >= most_pending) {
      member.drop();
      return () => undefined;
    }
    group.pending.push(member);
    if (concurrency.cancel_in_progress) group.running.cancel();
    return () => {
      group.pending = group.pending.filter((other) => other !== member);
    };
  }

  #start(key: string, group: Group, member: Member): void {
    group.running = member;
    let released = false;
    member.go(() => {
      if (released) return;
      released = true;
      group.running = undefined;
      const next = group.pending.shift();
      if (next !== undefined) this.#start(key, group, next);
      else this.#groups.delete(key);
    });
  }
}
