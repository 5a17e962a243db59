import type { Actor } from "@infraskill/contracts/actor";

/** Who callers were found to be a moment ago, so that a busy one is not looked up for each of its calls. */
export type KnownCallers = {
  /** Whom a credential of this hash belongs to; `find` is asked unless it said so within the last 2 s. That nobody has it is never remembered. */
  of(hash: string, find: () => Promise<Actor | undefined>): Promise<Actor | undefined>;
  /** To be called once a credential was taken back here; also what is still being found out is not remembered. */
  forget(): void;
};

/** How long a credential that was taken back at another gateway still counts here. */
const remembered_ms = 2_000;
const at_most = 1_000;

/** @param now milliseconds */
export function createKnownCallers(now: () => number = () => performance.now()): KnownCallers {
  let known = new Map<string, { actor: Actor; until: number }>();
  return {
    async of(hash, find) {
      const callers = known;
      const seen = callers.get(hash);
      if (seen !== undefined && now() < seen.until) return seen.actor;
      const until = now() + remembered_ms;
      const actor = await find();
      if (actor === undefined) callers.delete(hash);
      else {
        if (callers.size >= at_most) callers.clear();
        callers.set(hash, { actor, until });
      }
      return actor;
    },
    forget() {
      known = new Map();
    },
  };
}
