import { bodyOf } from "@infraskill/client/body-of";
import type { Log } from "@infraskill/platform/logger";
import type { Service } from "@infraskill/platform/process";
import { sleep } from "@infraskill/platform/time";
import type { ValidationTools } from "./validate-revision.ts";

const AGAIN_MS = 5_000;

/** Tells the registry which rules run here, once, as soon as it can be reached. Checking does not wait for it. */
export function announceRules(
  { registry, rules_version }: Pick<ValidationTools, "registry" | "rules_version">,
  log: Log,
): Service {
  const stopping = new AbortController();
  const announcing = announce();
  return {
    async stop() {
      stopping.abort();
      await announcing;
    },
  };

  async function announce(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const { owed } = bodyOf(await registry.announceRules({ body: { version: rules_version } }));
        log.info({ rules_version, revisions_to_check: owed }, "Rules announced");
        return;
      } catch (error) {
        log.debug({ err: error }, "Rules could not be announced yet");
        await sleep(AGAIN_MS, stopping.signal).catch(() => undefined);
      }
    }
  }
}
