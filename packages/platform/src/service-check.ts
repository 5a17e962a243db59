import type { Health, HealthCheck } from "./health.ts";

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
      if (!answer.ok) throw new Error(`answers ${answer.status}${whatIsDown(await answer.text())}`);
      await answer.body?.cancel();
    },
  };
}

/** `: postgres is down`, where the other process says so. */
function whatIsDown(text: string): string {
  try {
    const { checks } = JSON.parse(text) as Health;
    const down = Object.entries(checks).filter(([, { status }]) => status === "down");
    return down.length === 0 ? "" : `: ${down.map(([name]) => `${name} is down`).join(", ")}`;
  } catch {
    return "";
  }
}
