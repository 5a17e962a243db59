import type { FastifyRequest } from "fastify";

export type Provenance = {
  method: string;
  /** The Host header. */
  host: string | undefined;
  origin: string | undefined;
  sec_fetch_site: string | undefined;
};

/**
 * Whether a request that a browser may have signed by itself comes from our own pages: reading always does no harm, anything else needs an `Origin`
 * that is ours.
 */
export function comesFromOurPages({ method, host, origin, sec_fetch_site }: Provenance): boolean {
  if (["GET", "HEAD", "OPTIONS"].includes(method)) return true;
  if (sec_fetch_site !== undefined && sec_fetch_site !== "same-origin") return false;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

export function provenanceOf({ method, headers }: FastifyRequest): Provenance {
  const site = headers["sec-fetch-site"];
  const { host, origin } = headers;
  return { method, host, origin, sec_fetch_site: typeof site === "string" ? site : undefined };
}
