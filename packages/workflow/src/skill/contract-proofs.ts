import { type CallbackMode, callbackSecretName } from "@infraskill/contracts/callback-mode";

/** How a contract job proves which run it is. */
type Proof = {
  /** Of the job's GITHUB_TOKEN. */
  readonly permissions: Readonly<Record<string, "write">>;
  readonly env: Readonly<Record<string, string>>;
  /** Shell text that defines `prove PURPOSE BODY`: writes the headers of one call to $work/header; fails when there is no proof yet. */
  readonly script: string;
};

const oidc: Proof = {
  permissions: { "id-token": "write" },
  env: {},
  script: `: "\${ACTIONS_ID_TOKEN_REQUEST_URL:?this job needs the permission id-token: write}"
token_field='"value"[[:space:]]*:[[:space:]]*"([A-Za-z0-9._-]+)"'

# prove: takes a fresh OIDC token for this execution.
prove() {
  local answer token separator="?"
  if [[ $ACTIONS_ID_TOKEN_REQUEST_URL == *"?"* ]]; then separator="&"; fi
  answer="$(printf 'Authorization: bearer %s\\n' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" |
    curl --silent --show-error --fail --globoff --connect-timeout 10 --max-time 30 --header @- \\
      "$ACTIONS_ID_TOKEN_REQUEST_URL\${separator}audience=infraskill.$EXECUTION_ID")" || return 1
  [[ $answer =~ $token_field ]] || return 1
  token="\${BASH_REMATCH[1]}"
  echo "::add-mask::$token"
  printf 'Authorization: Bearer %s\\n' "$token" >"$work/header"
}
`,
};

/** The run's facts, as an OIDC token would name them. */
const runClaims = [
  '${{ format(\'{{"repository":{0},"repository_id":{1},"run_id":{2},"run_attempt":{3},"event_name":{4},"ref":{5},"sha":{6},"workflow_ref":{7}}}\',',
  "toJSON(github.repository), toJSON(github.repository_id), toJSON(github.run_id), toJSON(github.run_attempt),",
  "toJSON(github.event_name), toJSON(github.ref), toJSON(github.sha), toJSON(github.workflow_ref)) }}",
].join(" ");

const hmac: Proof = {
  permissions: {},
  env: { RUN_CLAIMS: runClaims, CALLBACK_SECRET: `\${{ secrets.${callbackSecretName} }}` },
  script: `: "\${CALLBACK_SECRET:?the repository or its organisation needs the Actions secret ${callbackSecretName}}"

# hex: reads bytes, prints them in hex.
hex() { od -An -v -tx1 | tr -d ' \\n'; }

# bytes HEX [MASK]: prints the bytes, each combined with the mask by exclusive or.
bytes() {
  local rest="$1" escaped=""
  while [[ -n $rest ]]; do
    printf -v escaped '%s\\\\x%02x' "$escaped" "$((16#\${rest:0:2} ^ \${2:-0}))"
    rest="\${rest:2}"
  done
  printf '%b' "$escaped"
}

# sha256: reads bytes, prints their SHA-256 in hex.
sha256() {
  local digest
  if command -v sha256sum >/dev/null; then
    digest="$(sha256sum)"
  elif command -v shasum >/dev/null; then
    digest="$(shasum -a 256)"
  else
    digest="$(openssl dgst -sha256 -r)"
  fi
  printf '%s' "\${digest%% *}"
}

# sign: reads a message, prints its HMAC-SHA256 in hex (RFC 2104). By hand, so that the secret is in no program's arguments.
sign() {
  local key inner
  key="$(printf '%s' "$CALLBACK_SECRET" | hex)"
  if ((\${#key} > 128)); then key="$(printf '%s' "$CALLBACK_SECRET" | sha256)"; fi
  while ((\${#key} < 128)); do key+="00"; done
  inner="$({ bytes "$key" 0x36 && cat; } | sha256)"
  { bytes "$key" 0x5c && bytes "$inner"; } | sha256
}

# prove PURPOSE BODY: signs the call for this moment, execution and run.
prove() {
  local timestamp signature
  timestamp="$(date +%s)"
  signature="$(printf '%s\\n%s\\n%s\\n%s\\n%s' "$timestamp" "$1" "$EXECUTION_ID" "$RUN_CLAIMS" "$2" | sign)"
  printf 'X-Infraskill-Timestamp: %s\\nX-Infraskill-Run: %s\\nX-Infraskill-Signature-256: sha256=%s\\n' \\
    "$timestamp" "$RUN_CLAIMS" "$signature" >"$work/header"
}
`,
};

export const proofs: Readonly<Record<CallbackMode, Proof>> = { oidc, hmac };
