import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const grammar = fileURLToPath(new URL("../../../packages/workflow/src/layers/github-schema.json", import.meta.url));

const no_schedules = "\0no-schedules";

/**
 * Leaves out of the editor's worker what a skill file cannot need:
 * - GitHub's grammar is in two packages, the parser's own and a copy in @infraskill/workflow that a test there compares with it: once is enough.
 * - The language service knows the payload of every event; a skill has one, `workflow_dispatch`.
 * - A skill has no schedule to put into words.
 */
export function slimWorker(): Plugin {
  return {
    name: "slim-worker",
    enforce: "pre",
    resolveId(source) {
      if (source.endsWith("/workflow-v1.0.min.json")) return grammar;
      return source === "cronstrue" ? no_schedules : undefined;
    },
    load(id) {
      if (id === no_schedules) return "export default { toString: String };";
      if (id.endsWith("/events/webhooks.min.json")) {
        const { workflow_dispatch } = JSON.parse(readFileSync(id, "utf8")) as { workflow_dispatch: unknown };
        return JSON.stringify({ workflow_dispatch });
      }
      if (id.endsWith("/events/objects.min.json")) {
        const payloads = JSON.parse(readFileSync(id.replace("objects", "webhooks"), "utf8")) as Payloads;
        const used = new Set(
          payloads.workflow_dispatch.default.bodyParameters.filter((part) => typeof part === "number"),
        );
        const objects = JSON.parse(readFileSync(id, "utf8")) as unknown[];
        // References are places in this list: what is not used becomes null, so that the others keep theirs.
        return JSON.stringify(objects.map((object, place) => (used.has(place) ? object : null)));
      }
      return undefined;
    },
  };
}

type Payloads = { workflow_dispatch: { default: { bodyParameters: unknown[] } } };
