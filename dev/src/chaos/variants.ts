import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Findings } from "./judge.ts";

interface Described {
  readonly lacks: string;
  readonly patch: string | undefined;
  /** The file that the patch changes. */
  readonly patched: string | undefined;
  /** What the judge must find. */
  readonly caught_by: keyof Findings | undefined;
}

/** The system as it is, and three systems that each lack one safeguard: the judge must tell them from the first. */
export const variants = {
  whole: { lacks: "nothing", patch: undefined, patched: undefined, caught_by: undefined },
  "no-sweeper": {
    lacks: "the sweeper: what is owed is published once only",
    patch: "no-sweeper.ts",
    patched: "services/skill-registry/src/owed/sweeper.ts",
    caught_by: "stuck",
  },
  "blind-retry": {
    lacks: "the unknown outcome: a dispatch without an answer is sent again",
    patch: "blind-retry.ts",
    patched: "services/executor/src/dispatch/send.ts",
    caught_by: "blind_dispatches",
  },
  "no-claim": {
    lacks: "the claim: every run of an execution may act",
    patch: "no-claim.ts",
    patched: "services/skill-registry/src/executions/claim.ts",
    caught_by: "doubled",
  },
} as const satisfies Record<string, Described>;
export type Variant = keyof typeof variants;
export const brokenVariants = (Object.keys(variants) as Variant[]).filter((name) => name !== "whole");

/** The `NODE_OPTIONS` with which every service of the system loads the variant's patch, so that production code knows of none. */
export function nodeOptions(variant: Variant): string {
  const { patch } = variants[variant];
  const own = process.env["NODE_OPTIONS"] ?? "";
  if (patch === undefined) return own;
  return `${own} --import=${pathToFileURL(join(import.meta.dirname, "variants", patch)).href}`.trim();
}
