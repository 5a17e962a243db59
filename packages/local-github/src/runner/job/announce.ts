import type { JobSession } from "./session.ts";

/** What a runner says first: who it is, what the token may do. */
export function announceSetUp(session: JobSession, step_number: number): void {
  const { record } = session;
  const permissions = Object.entries(record.permissions).filter(([, access]) => access !== "none");
  const lines = [
    `Runner name: '${record.runner_name ?? ""}'`,
    `Runner group name: 'Default'`,
    "##[group]GITHUB_TOKEN Permissions",
    ...permissions.map(([name, access]) => `${title(name)}: ${access}`).sort(),
    "##[endgroup]",
    "Secret source: Actions",
    "Prepare workflow directory",
    "Prepare all required actions",
    `Complete job name: ${record.name}`,
  ];
  session.log.write(step_number, lines.join("\n"));
}

function title(permission: string): string {
  return permission
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
