import type { JobModel, WorkflowModel } from "./model.ts";
import { mapping } from "./read.ts";

export type Access = "read" | "write" | "none";
export type Permissions = Record<string, Access>;

const names = [
  "actions",
  "artifact-metadata",
  "attestations",
  "checks",
  "contents",
  "deployments",
  "discussions",
  "id-token",
  "issues",
  "models",
  "packages",
  "pages",
  "pull-requests",
  "repository-projects",
  "security-events",
  "statuses",
] as const;

/** What GITHUB_TOKEN may do where neither workflow nor job says anything (GitHub's default since 2023). */
export const default_permissions: Permissions = { contents: "read", metadata: "read", packages: "read" };

/**
 * The permissions a `permissions:` node grants: whatever it does not name is none, `metadata: read` comes with
 * everything. null where there is no such node.
 */
export function readPermissions(node: unknown): Permissions | null {
  if (node === undefined) return null;
  if (node === "read-all" || node === "write-all") {
    const access = node === "read-all" ? "read" : "write";
    const all = names.map((name): [string, Access] => [name, limit(name, access)]);
    return { ...Object.fromEntries(all.filter(([, given]) => given !== "none")), metadata: "read" };
  }
  const given = Object.entries(mapping(node)).filter(([, access]) => access === "read" || access === "write");
  return { ...(Object.fromEntries(given) as Permissions), metadata: "read" };
}

/**
 * What a job's token may do: what the job says, else its workflow, else the default.
 * @param cap the calling job's permissions inside a reusable workflow, which hold where nothing else is said
 */
export function jobPermissions(workflow: WorkflowModel, job: JobModel, cap: Permissions | null): Permissions {
  const wanted = readPermissions(job.permissions) ?? readPermissions(workflow.permissions);
  if (cap === null) return wanted ?? default_permissions;
  return wanted === null ? cap : narrow(wanted, cap);
}

/** The smaller of two grants: a reusable workflow never gets more than its caller. */
export function narrow(wanted: Permissions, cap: Permissions): Permissions {
  const rank = { none: 0, read: 1, write: 2 } as const;
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([name, access]): [string, Access][] => {
      const allowed = cap[name] ?? "none";
      if (allowed === "none") return [];
      return [[name, rank[access] <= rank[allowed] ? access : allowed]];
    }),
  );
}

/** `id-token` knows only write, `models` only read. */
function limit(name: string, access: "read" | "write"): Access {
  if (name === "id-token") return access === "write" ? "write" : "none";
  return name === "models" ? "read" : access;
}
