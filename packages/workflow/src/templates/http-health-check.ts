import type { Template } from "./template.ts";

export const httpHealthCheck: Template = {
  name: "http-health-check",
  title: "HTTP health check",
  description:
    "Requests an address and fails unless it answers with the expected status, in time, and with the expected text.",
  category: "monitoring",
  inputs_schema: {
    type: "object",
    properties: {
      url: {
        type: "string",
        title: "Address",
        description: "What to request, with http:// or https://",
        pattern: "^https?://[^\\s]+$",
        maxLength: 2000,
      },
      expected_status: {
        type: "integer",
        title: "Expected status",
        description: "The HTTP status of a healthy answer",
        default: 200,
        minimum: 100,
        maximum: 599,
      },
      contains: {
        type: "string",
        title: "Text in the answer",
        description: "The answer must contain this text; empty accepts any",
        default: "",
        maxLength: 1000,
      },
      timeout_seconds: {
        type: "integer",
        title: "Timeout",
        description: "Seconds to wait for the whole answer",
        default: 10,
        minimum: 1,
        maximum: 300,
      },
    },
    required: ["url"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      healthy: { type: "boolean", description: "Whether everything was as expected" },
      status_code: { type: "integer", description: "The HTTP status, 0 when there was no answer" },
      latency_ms: { type: "integer", description: "Milliseconds until the whole answer was there" },
    },
    required: ["healthy", "status_code", "latency_ms"],
  },
  timeout_minutes: 10,
  commands: [
    {
      name: "Request the address",
      run: `body="$(mktemp)"
trap 'rm -f "$body"' EXIT
measured="$(curl --silent --show-error --location --max-redirs 5 --proto '=http,https' --globoff \\
  --max-time "$TIMEOUT_SECONDS" --output "$body" --write-out '%{http_code} %{time_total}' --url "$URL")" || true
read -r status_code seconds <<<"\${measured:-000 0.0}"
fraction="\${seconds#*.}000"
status_code=$((10#$status_code))
latency_ms=$((10#\${seconds%.*} * 1000 + 10#\${fraction:0:3}))

healthy=true
if ((status_code != EXPECTED_STATUS)); then
  healthy=false
  echo "::error::Status $status_code instead of $EXPECTED_STATUS after $latency_ms ms"
elif [[ -n $CONTAINS ]] && ! grep --quiet --fixed-strings -e "$CONTAINS" "$body"; then
  healthy=false
  echo "::error::The answer does not contain the expected text"
fi
{
  echo "healthy=$healthy"
  echo "status_code=$status_code"
  echo "latency_ms=$latency_ms"
} >>"$GITHUB_OUTPUT"
echo "Status $status_code in $latency_ms ms"
[[ $healthy == true ]]
`,
    },
  ],
};
