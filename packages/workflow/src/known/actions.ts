/**
 * Commits of released versions, as their tags named them when this was written; used by the starters and by the fix that pins an action. Of an action
 * that is here in several major versions, the starters take the first.
 */
export const knownActions = [
  { action: "actions/cache", version: "v4.2.3", commit: "5a3ec84eff668545956fd18022155c47e93e2684" },
  { action: "actions/checkout", version: "v4.2.2", commit: "11bd71901bbe5b1630ceea73d27597364c9af683" },
  { action: "actions/checkout", version: "v3.6.0", commit: "f43a0e5ff2bd294095638e18286ca9a3d1956744" },
  { action: "actions/checkout", version: "v5.0.0", commit: "08c6903cd8c0fde910a37f88322edcfb5dd907a8" },
  { action: "actions/checkout", version: "v6.0.0", commit: "1af3b93b6815bc44a9784bd300feb67ff0d1eeb3" },
  { action: "actions/download-artifact", version: "v4.3.0", commit: "d3f86a106a0bac45b974a628896c90dbdf5c8093" },
  { action: "actions/github-script", version: "v7.0.1", commit: "60a0d83039c74a4aee543508d2ffcb1c3799cdea" },
  { action: "actions/setup-go", version: "v5.5.0", commit: "d35c59abb061a4a6fb18e82ac0862c26744d6ab5" },
  { action: "actions/setup-java", version: "v4.7.1", commit: "c5195efecf7bdfc987ee8bae7a71cb8b11521c00" },
  { action: "actions/setup-node", version: "v4.4.0", commit: "49933ea5288caeca8642d1e84afbd3f7d6820020" },
  { action: "actions/setup-node", version: "v6.0.0", commit: "2028fbc5c25fe9cf00d9f06a71cc4710d4507903" },
  { action: "actions/setup-python", version: "v5.6.0", commit: "a26af69be951a213d495a4c3e4e4022e16d87065" },
  { action: "actions/upload-artifact", version: "v4.6.2", commit: "ea165f8d65b6e75b540449e92b4886f43607fa02" },
  { action: "aws-actions/amazon-ecr-login", version: "v2.0.1", commit: "062b18b96a7aff071d4dc91bc00c4c1a7945b076" },
  {
    action: "aws-actions/configure-aws-credentials",
    version: "v4.1.0",
    commit: "ececac1a45f3b08a01d2dd070d28d111c5fe6722",
  },
  { action: "azure/login", version: "v2.3.0", commit: "a457da9ea143d694b1b9c7c869ebb04ebe844ef5" },
  { action: "azure/setup-helm", version: "v4.3.0", commit: "b9e51907a09c216f16ebe8536097933489208112" },
  { action: "docker/build-push-action", version: "v6.18.0", commit: "263435318d21b8e681c14492fe198d362a7d2c83" },
  { action: "docker/login-action", version: "v3.4.0", commit: "74a5d142397b4f367a81961eba4e8cd7edddf772" },
  { action: "docker/metadata-action", version: "v5.7.0", commit: "902fa8ec7d6ecbf8d84d538b9b233a880e428804" },
  { action: "docker/setup-buildx-action", version: "v3.11.1", commit: "e468171a9de216ec08956ac3ada2f0791b6bd435" },
  { action: "docker/setup-qemu-action", version: "v3.6.0", commit: "29109295f81e9208d7d86ff1c6c12d2833863392" },
  { action: "google-github-actions/auth", version: "v2.1.7", commit: "6fc4af4b145ae7821d527454aa9bd537d1f2dc5f" },
  {
    action: "google-github-actions/setup-gcloud",
    version: "v2.1.4",
    commit: "77e7a554d41e2ee56fc945c52dfd3f33d12def9a",
  },
  { action: "hashicorp/setup-terraform", version: "v3.1.2", commit: "b9cd54a3c349d3f38e8881555d616ced269862dd" },
  { action: "hashicorp/vault-action", version: "v3.4.0", commit: "4c06c5ccf5c0761b6029f56cfb1dcf5565918a3b" },
  { action: "opentofu/setup-opentofu", version: "v1.0.5", commit: "592200bd4b9bbf4772ace78f887668b1aee8f716" },
] as const;

type KnownAction = (typeof knownActions)[number]["action"];

/** The step settings for a known action: pinned, with its version behind it. */
export function pinned(action: KnownAction): { uses: string; version: string } {
  const { commit, version } = knownActions.find((known) => known.action === action)!;
  return { uses: `${action}@${commit}`, version };
}
