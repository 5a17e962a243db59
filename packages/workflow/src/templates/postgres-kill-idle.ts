import type { Template } from "./template.ts";

export const postgresKillIdle: Template = {
  name: "postgres-kill-idle",
  title: "End idle database sessions",
  description:
    "Ends sessions that have held a transaction open without doing anything. Reaches the server from an own runner, as a role with pg_signal_backend.",
  category: "databases",
  inputs_schema: {
    type: "object",
    properties: {
      host: {
        type: "string",
        title: "Server",
        description: "Its host name",
        pattern: "^[A-Za-z0-9.-]+$",
        maxLength: 253,
      },
      database: {
        type: "string",
        title: "Database",
        description: "Which one",
        pattern: "^[A-Za-z0-9_-]+$",
        maxLength: 63,
      },
      idle_minutes: {
        type: "integer",
        title: "Idle for",
        description: "Minutes without a statement",
        default: 30,
        minimum: 1,
        maximum: 10080,
      },
      dry_run: { type: "boolean", title: "Only list", description: "Show them without ending them", default: true },
    },
    required: ["host", "database"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      sessions: { type: "integer", description: "How many were found, or ended" },
    },
  },
  timeout_minutes: 10,
  commands: [
    {
      name: "Find and end them",
      env: {
        PGUSER: "${{ vars.POSTGRES_USER }}",
        PGPASSWORD: "${{ secrets.POSTGRES_PASSWORD }}",
        PGSSLMODE: "verify-full",
        PGSSLROOTCERT: "system",
      },
      run: `query="select pid, usename, application_name, now() - state_change as idle from pg_stat_activity
  where state like 'idle in transaction%' and datname = current_database() and pid <> pg_backend_pid()
    and state_change < now() - make_interval(mins => :'minutes'::int)"
connect=(psql --host "$HOST" --dbname "$DATABASE" --no-psqlrc --set ON_ERROR_STOP=1 --set "minutes=$IDLE_MINUTES")
"\${connect[@]}" <<<"$query;"
if [[ $DRY_RUN == true ]]; then wanted="count(*)"; else wanted="count(*) filter (where pg_terminate_backend(pid))"; fi
sessions="$("\${connect[@]}" --tuples-only --no-align <<<"select $wanted from ($query) found;")"
echo "sessions=$sessions" >>"$GITHUB_OUTPUT"
`,
    },
  ],
};
