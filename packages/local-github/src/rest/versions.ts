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
