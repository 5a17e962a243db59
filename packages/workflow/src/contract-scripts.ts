/**
 * The shell text of the `claim` and `report` jobs. Needs bash and curl (7.55) on the runner, nothing else. Values reach it through `env` only; tokens
 * reach curl through stdin or a private file, never through its arguments, which other processes can read.
 */

const postWithToken = `umask 077
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
: "\${ACTIONS_ID_TOKEN_REQUEST_URL:?this job needs the permission id-token: write}"

if ! [[ $EXECUTION_ID =~ ^[A-Za-z0-9][A-Za-z0-9_-]*$ && $CALLBACK_URL =~ ^https?://[^[:space:]]+/skills/callback$ ]]; then
  echo "::error::execution_id or callback_url is not one that infraskill gives out."
  exit 1
fi

token_field='"value"[[:space:]]*:[[:space:]]*"([A-Za-z0-9._-]+)"'

# post URL BODY: one attempt with a fresh OIDC token. Sets status, 000 when there was no answer, and leaves the answer in $work/answer.
post() {
  local answer token separator="?"
  status="000"
  : >"$work/answer"
  if [[ $ACTIONS_ID_TOKEN_REQUEST_URL == *"?"* ]]; then separator="&"; fi
  answer="$(printf 'Authorization: bearer %s\\n' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" |
    curl --silent --show-error --fail --globoff --connect-timeout 10 --max-time 30 --header @- \\
      "$ACTIONS_ID_TOKEN_REQUEST_URL\${separator}audience=infraskill.$EXECUTION_ID")" || return 0
  [[ $answer =~ $token_field ]] || return 0
  token="\${BASH_REMATCH[1]}"
  echo "::add-mask::$token"
  printf 'Authorization: Bearer %s\\n' "$token" >"$work/header"
  status="$(printf '%s' "$2" |
    curl --silent --show-error --globoff --connect-timeout 10 --max-time 30 --output "$work/answer" --write-out '%{http_code}' \\
      --header @"$work/header" --header 'Content-Type: application/json' --data-binary @- "$1")" || status="000"
}

# refused MESSAGE: ends the job with the first words of the answer.
refused() {
  local answer
  answer="$(<"$work/answer")"
  answer="\${answer//[^[:print:]]/ }"
  echo "::error::$1 ($status) \${answer:0:300}"
  exit 1
}

# post_until_answered URL BODY SECONDS: tries again while infraskill cannot be reached or asks to wait.
post_until_answered() {
  local deadline=$((SECONDS + $3)) pause=1
  while true; do
    post "$1" "$2"
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

/** Environment: EXECUTION_ID, CALLBACK_URL. Fails the job unless infraskill lets this run have the execution. Tries for 2 minutes. */
export const claimScript = `${postWithToken}
post_until_answered "\${CALLBACK_URL%/skills/callback}/executions/$EXECUTION_ID/claim" '{}' 120
case "$status" in
  200) echo "This run has the execution." ;;
  000 | 5??) refused "infraskill could not be reached, so nothing was run." ;;
  *) refused "infraskill does not let this run act, so nothing was run." ;;
esac
`;

/** Environment: EXECUTION_ID, CALLBACK_URL, RESULT (the JSON body). Tries for 5 minutes. */
export const reportScript = `${postWithToken}
post_until_answered "$CALLBACK_URL" "$RESULT" 300
case "$status" in
  2??) echo "The result is delivered." ;;
  *) refused "infraskill did not take the result; it will find it by polling." ;;
esac
`;
