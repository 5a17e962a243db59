import { setTimeout as delay } from "node:timers/promises";

const every_ms = 250;

/** Follows whether a server answers. @returns for how long it has, in ms; 0 while it does not */
export function watchUp(url: string, signal: AbortSignal): () => number {
  let up_since: number | undefined;
  const follow = async () => {
    while (!signal.aborted) {
      try {
        const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
        await answer.text();
        up_since ??= Date.now();
      } catch {
        up_since = undefined;
      }
      await delay(every_ms, undefined, { signal }).catch(() => undefined);
    }
  };
  void follow();
  return () => (up_since === undefined ? 0 : Date.now() - up_since);
}
