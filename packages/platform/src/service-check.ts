import type { HealthCheck } from "./health.ts";

/**
 * Another process of ours, reached at `base_url`. `livez`: it answers, which is all that those need who wait for it anyway;
 * `readyz`: it can do its work as well.
 */
export function serviceCheck(
  base_url: string,
  { needed, asks = "livez" }: { needed: boolean; asks?: "livez" | "readyz" },
): HealthCheck {
  return {
    needed,
    async check(signal) {
      const answer = await fetch(`${base_url}/${asks}`, { signal, redirect: "error" });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`answers ${answer.status}`);
    },
  };
}
