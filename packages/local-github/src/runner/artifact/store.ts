import type { Artifact } from "../types.ts";

/** The artifacts of one run, earlier attempts included. */
export type ArtifactStore = { readonly folder: string; readonly list: Artifact[]; readonly next_id: () => number };
