import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
export const nobody = { uid: 65_534, gid: 65_534 } as const;
const namespace = ["--user", `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, "--"] as const;

/**
 * Postgres refuses to run as root. As whom it runs instead:
 * - `self`: we are not root;
 * - `namespace`: root seen as nobody inside a user namespace, so no account is made and no file changes its owner;
 * - `nobody`: a kernel or container without user namespaces.
 */
export type ServerUser = "self" | "namespace" | "nobody";

export async function chooseServerUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return "self";
  return await run("unshare", [...namespace, "true"]).then(
    () => "namespace" as const,
    () => "nobody" as const,
  );
}

/** The command that runs `command` as that user. */
export function commandAs(user: ServerUser, command: string, args: readonly string[]) {
  switch (user) {
    case "self":
      return { command, args, user: undefined };
    case "namespace":
      return { command: "unshare", args: [...namespace, command, ...args], user: undefined };
    case "nobody":
      return { command, args, user: nobody };
    default:
      return user satisfies never;
  }
}
