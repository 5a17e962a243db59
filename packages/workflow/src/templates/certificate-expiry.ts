import type { Template } from "./template.ts";

export const certificateExpiry: Template = {
  name: "certificate-expiry",
  title: "Certificate expiry",
  description: "Reads the TLS certificate a server presents and fails when it expires too soon.",
  category: "monitoring",
  inputs_schema: {
    type: "object",
    properties: {
      host: {
        type: "string",
        title: "Host",
        description: "Name or address of the server",
        pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$",
        maxLength: 253,
      },
      port: {
        type: "integer",
        title: "Port",
        description: "Where it speaks TLS",
        default: 443,
        minimum: 1,
        maximum: 65535,
      },
      minimum_days: {
        type: "integer",
        title: "Minimum days left",
        description: "Fewer days than this until expiry is a failure",
        default: 21,
        minimum: 0,
        maximum: 3650,
      },
    },
    required: ["host"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      days_left: { type: "integer", description: "Whole days until expiry, negative when it is past" },
      expires_at: { type: "string", description: "End of validity, RFC 3339 in UTC" },
      subject: { type: "string", description: "Whom the certificate names" },
      issuer: { type: "string", description: "Who signed it" },
    },
    required: ["days_left", "expires_at"],
  },
  timeout_minutes: 5,
  commands: [
    {
      name: "Read the certificate",
      run: `certificate="$(timeout 30 openssl s_client -connect "$HOST:$PORT" -servername "$HOST" </dev/null 2>/dev/null |
  openssl x509 -noout -enddate -subject -issuer -nameopt RFC2253 2>/dev/null)" || {
  echo "::error::$HOST:$PORT did not present a certificate"
  exit 1
}
while IFS='=' read -r field value; do
  case "$field" in
    notAfter) end="$value" ;;
    subject) subject="$value" ;;
    issuer) issuer="$value" ;;
  esac
done <<<"$certificate"
seconds_left=$(($(date -u -d "$end" +%s) - $(date -u +%s)))
days_left=$((seconds_left / 86400))
if ((seconds_left < 0)); then days_left=$((days_left - 1)); fi
expires_at="$(date -u -d "$end" +%Y-%m-%dT%H:%M:%SZ)"
{
  echo "days_left=$days_left"
  echo "expires_at=$expires_at"
  echo "subject=$subject"
  echo "issuer=$issuer"
} >>"$GITHUB_OUTPUT"
echo "$HOST:$PORT expires at $expires_at, in $days_left days"
if ((days_left < MINIMUM_DAYS)); then
  echo "::error::Fewer than $MINIMUM_DAYS days left"
  exit 1
fi
`,
    },
  ],
};
