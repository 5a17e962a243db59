import type { HealthCheck } from "./health.ts";

/** Another process of ours, reached at `base_url`: up while its `/livez` answers. */
export function serviceCheck(base_url: string, { needed }: { needed: boolean }): HealthCheck {
  return {
    needed,
    async check(signal) {
      const answer = await fetch(`${base_url}/livez`, { signal });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`${base_url} answers ${answer.status}`);
    },
  };
}
