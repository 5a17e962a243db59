import { type CallbackMode, callbackModes } from "@infraskill/contracts/callback-mode";
import { proofs } from "./contract-proofs.ts";

/**
 * The shell text of the `claim` and `report` jobs. Needs bash, curl (7.55) and the basic POSIX tools on the runner, nothing else. Values reach it
 * through `env` only; tokens and secrets reach other programs through stdin or a private file, never through arguments, which other processes can read.
 */
const postWithProof = (mode: CallbackMode) => `umask 077
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
${proofs[mode].script}
if ! [[ $EXECUTION_ID =~ ^[A-Za-z0-9][A-Za-z0-9_-]*$ && $CALLBACK_URL =~ ^https?://[^[:space:]]+/skills/callback$ ]]; then
  echo "::error::execution_id or callback_url is not one that infraskill gives out."
  exit 1
fi

# post PURPOSE URL BODY: one attempt with a fresh proof. Sets status, 000 when there was no answer, and leaves the answer in $work/answer.
post() {
  status="000"
  : >"$work/answer"
  prove "$1" "$3" || return 0
  status="$(printf '%s' "$3" |
    curl --silent --show-error --globoff --connect-timeout 10 --max-time 30 --output "$work/answer" --write-out '%{http_code}' \\
      --header @"$work/header" --header 'Content-Type: application/json' --data-binary @- "$2")" || status="000"
}

# tell LEVEL MESSAGE: an annotation that ends with the first words of the answer.
tell() {
  local answer
  answer="$(<"$work/answer")"
  answer="\${answer//[^[:print:]]/ }"
  echo "::$1::$2 ($status) \${answer:0:300}"
}

# post_until_answered PURPOSE URL BODY SECONDS: tries again while infraskill cannot be reached or asks to wait.
post_until_answered() {
  local deadline=$((SECONDS + $4)) pause=1
  while true; do
    post "$1" "$2" "$3"
    case "$status" in
      000 | 408 | 425 | 429 | 5??) ;;
      *) return 0 ;;
    esac
    if ((SECONDS >= deadline)); then return 0; fi
    echo "No answer from infraskill yet ($status), trying again in $pause s"
    sleep "$pause"
    pause=$((pause < 16 ? pause * 2 : 16))
  done
}
`;

/** Environment: EXECUTION_ID, CALLBACK_URL, and the proof's. Fails the job unless infraskill lets this run have the execution. Tries for 2 minutes. */
export const claimScripts = forEachMode(
  (mode) => `${postWithProof(mode)}
post_until_answered claim "\${CALLBACK_URL%/skills/callback}/executions/$EXECUTION_ID/claim" '{}' 120
case "$status" in
  200) echo "This run has the execution." ;;
  000 | 5??) tell error "infraskill could not be reached, so nothing was run."; exit 1 ;;
  *) tell error "infraskill does not let this run act, so nothing was run."; exit 1 ;;
esac
`,
);

/**
 * Environment: EXECUTION_ID, CALLBACK_URL, RESULT (the JSON body), and the proof's. Tries for 5 minutes. A result that is not taken does not fail the
 * job: the run's conclusion, which is then found by polling, says how the work went and not how its message did.
 */
export const reportScripts = forEachMode(
  (mode) => `${postWithProof(mode)}
post_until_answered callback "$CALLBACK_URL" "$RESULT" 300
case "$status" in
  2??) echo "The result is delivered." ;;
  *) tell warning "infraskill did not take the result; it will find the run's conclusion by polling, without its outputs." ;;
esac
`,
);

function forEachMode(scriptOf: (mode: CallbackMode) => string): Readonly<Record<CallbackMode, string>> {
  return Object.fromEntries(callbackModes.map((mode) => [mode, scriptOf(mode)])) as Record<CallbackMode, string>;
}
