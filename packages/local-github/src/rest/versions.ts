import { HttpError } from "./http-error.ts";

export const api_versions = ["2022-11-28", "2026-03-10"] as const;
export type ApiVersion = (typeof api_versions)[number];

/** The version a request asks for; the oldest supported one when it asks for none, GitHub's 400 for an unknown one. */
export function apiVersion(header: string | string[] | undefined): ApiVersion {
  if (header === undefined || header === "") return "2022-11-28";
  const version = api_versions.find((known) => known === header);
  if (version !== undefined) return version;
  throw new HttpError(
    400,
    `API Version '${String(header)}' is invalid. Please use a supported version: ${api_versions.join(", ")}`,
  );
}

/** Fields that version 2026-03-10 no longer has, and in which kind of object. GitHub lists them as breaking changes. */
const removed: readonly { field: string; from: (object: Record<string, unknown>) => boolean }[] = [
  { field: "has_downloads", from: isRepository },
  { field: "use_squash_pr_title_as_default", from: isRepository },
  { field: "master_branch", from: isRepository },
  { field: "merge_commit_sha", from: isPull },
  { field: "assignee", from: isPull },
  { field: "rate", from: (object) => "resources" in object },
];

/** The body as the version shows it. */
export function shapeFor(version: ApiVersion, body: unknown): unknown {
  if (version === "2022-11-28" || typeof body !== "object" || body === null || Buffer.isBuffer(body)) return body;
  if (Array.isArray(body)) return body.map((item) => shapeFor(version, item));
  const object = body as Record<string, unknown>;
  const gone = removed.filter(({ field, from }) => field in object && from(object)).map(({ field }) => field);
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => (gone.includes(name) ? [] : [[name, shapeFor(version, value)]])),
  );
}

function isRepository(object: Record<string, unknown>): boolean {
  return "full_name" in object && "clone_url" in object;
}

function isPull(object: Record<string, unknown>): boolean {
  return "number" in object && "title" in object;
}
