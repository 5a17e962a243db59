import { setTimeout as delay } from "node:timers/promises";
import type { StandIn } from "../../src/runner/job/stand-in.ts";

/** Answers with what it was told; waits to be cancelled where an input says so. */
export const stand_in: StandIn = {
  workflow: ".github/workflows/light.yml",
  async carryOut({ id, inputs, needs, oidc, signal, log }) {
    log(`light ${id}`);
    if (id === "first" && inputs["wait"] === true) {
      await delay(60_000, undefined, { signal }).catch(() => undefined);
    }
    const mints = oidc === null ? "nothing" : "an identity";
    const before = needs["first"]?.outputs["said"] ?? "nobody";
    return { conclusion: "success", outputs: { said: `${id} after ${before} with ${mints}` } };
  },
};
