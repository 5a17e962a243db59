/** Commits of released versions, as their tags named them when this was written; used by the starters and by the fix that pins an action. */
export const knownActions = [
  { action: "actions/checkout", version: "v4.2.2", commit: "11bd71901bbe5b1630ceea73d27597364c9af683" },
  { action: "google-github-actions/auth", version: "v2.1.7", commit: "6fc4af4b145ae7821d527454aa9bd537d1f2dc5f" },
  { action: "hashicorp/setup-terraform", version: "v3.1.2", commit: "b9cd54a3c349d3f38e8881555d616ced269862dd" },
] as const;

export type KnownAction = (typeof knownActions)[number]["action"];

/** The step settings for a known action: pinned, with its version behind it. */
export function pinned(action: KnownAction): { uses: string; version: string } {
  const { commit, version } = knownActions.find((known) => known.action === action)!;
  return { uses: `${action}@${commit}`, version };
}
