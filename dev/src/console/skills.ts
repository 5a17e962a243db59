import type { Template } from "@infraskill/workflow/templates/template";

/** Skills as an operations team might have them. They touch nothing: each only prints what such an operation would. */
export const exampleSkills: readonly Template[] = [
  {
    name: "postgres-backup",
    title: "Back up a database",
    description: "Dumps a database to the backup bucket and tells the name of the dump.",
    category: "database",
    inputs_schema: {
      type: "object",
      properties: {
        database: { type: "string", description: "Database to dump", pattern: "^[a-z_]+$" },
        keep_days: { type: "integer", description: "Days until the dump is removed", default: 30, minimum: 1 },
      },
      required: ["database"],
    },
    outputs_schema: {
      type: "object",
      properties: {
        dump: { type: "string", description: "Name of the dump in the bucket" },
        megabytes: { type: "integer", description: "Its size" },
      },
    },
    commands: [
      {
        name: "Dump the database",
        run: `for table in accounts invoices invoice_lines payments sessions; do
  echo "pg_dump: dumping contents of table \\"public.$table\\""
  sleep 0.2
done
printf '\\033[32mdump complete\\033[0m: %s, kept for %s days\\n' "$DATABASE" "$KEEP_DAYS"
echo "dump=$DATABASE-2026-11-25.dump" >>"$GITHUB_OUTPUT"
echo "megabytes=1284" >>"$GITHUB_OUTPUT"`,
      },
    ],
  },
  {
    name: "postgres-restore",
    title: "Restore a database",
    description: "Restores a dump into a database and counts its tables.",
    category: "destructive",
    inputs_schema: {
      type: "object",
      properties: {
        dump: { type: "string", description: "Name of the dump in the bucket" },
        database: { type: "string", description: "Database to restore into" },
      },
      required: ["dump", "database"],
    },
    outputs_schema: { type: "object", properties: { tables: { type: "integer", description: "Tables restored" } } },
    commands: [
      {
        name: "Restore the dump",
        run: `echo "pg_restore: connecting to database \\"$DATABASE\\""
sleep 0.6
echo "pg_restore: restored 42 tables of $DUMP"
echo "tables=42" >>"$GITHUB_OUTPUT"`,
      },
    ],
  },
  {
    name: "k8s-restart-deployment",
    title: "Restart a deployment",
    description: "Restarts a deployment and waits until every replica is ready again.",
    category: "kubernetes",
    inputs_schema: {
      type: "object",
      properties: {
        cluster: { type: "string", enum: ["staging", "production"], default: "staging" },
        namespace: { type: "string", description: "Namespace of the deployment" },
        deployment: { type: "string", description: "Deployment to restart" },
        timeout_seconds: { type: "integer", description: "How long to wait", default: 300, minimum: 10 },
      },
      required: ["namespace", "deployment"],
    },
    outputs_schema: { type: "object", properties: { replicas: { type: "integer", description: "Ready replicas" } } },
    commands: [
      {
        name: "Restart and wait",
        run: `echo "deployment.apps/$DEPLOYMENT restarted"
for ready in 1 2 3; do
  echo "Waiting for deployment \\"$DEPLOYMENT\\" rollout to finish: $ready of 4 updated replicas are available..."
  sleep 0.3
done
if [[ $DEPLOYMENT == search ]]; then
  echo "::error::search-7d9c5b8f4-x2kqp: ImagePullBackOff"
  echo "error: timed out waiting for the condition after $TIMEOUT_SECONDS s" >&2
  exit 1
fi
echo "deployment \\"$DEPLOYMENT\\" successfully rolled out"
echo "replicas=4" >>"$GITHUB_OUTPUT"`,
      },
    ],
  },
  {
    name: "maintenance-mode",
    title: "Maintenance mode",
    description: "Shows or hides the maintenance page of a service.",
    category: "traffic",
    inputs_schema: {
      type: "object",
      properties: {
        service: { type: "string", description: "Service behind the page" },
        on: { type: "boolean", description: "Show the page", default: true },
      },
      required: ["service"],
    },
    outputs_schema: { type: "object", properties: { was_on: { type: "boolean" } } },
    commands: [
      {
        name: "Switch the page",
        run: `echo "maintenance page of $SERVICE: $ON"\nsleep 0.3\necho "was_on=false" >>"$GITHUB_OUTPUT"`,
      },
    ],
  },
  {
    name: "wait-for-traffic",
    title: "Wait for traffic",
    description: "Watches a load balancer until a service takes traffic again.",
    category: "traffic",
    inputs_schema: {
      type: "object",
      properties: { service: { type: "string", description: "Service to watch" } },
      required: ["service"],
    },
    outputs_schema: { type: "object", properties: {} },
    commands: [
      {
        name: "Watch the backends",
        run: `for second in $(seq 1 600); do\n  echo "$SERVICE: 0 of 3 backends healthy"\n  sleep 1\ndone`,
      },
    ],
  },
];
