/** Seconds a caller is at most kept waiting. */
const longest_wait_s = 30;

/** Seconds asked for by `Prefer: wait=N` (RFC 7240), at most 30; undefined when no wait is asked for. Other preferences are ignored. */
export function readWait(prefer: string | undefined): number | undefined {
  const digits = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:$|[,;])/i.exec(prefer ?? "")?.[1];
  return digits === undefined ? undefined : Math.min(Number(digits), longest_wait_s);
}

export type IfMatch = { ok: true; tag: string | undefined } | { ok: false };

/** The one entity tag of `If-Match: "3"`, in its quotes; `*` and an absent header ask for nothing. */
export function readIfMatch(if_match: string | undefined): IfMatch {
  if (if_match === undefined || if_match.trim() === "*") return { ok: true, tag: undefined };
  const revision = /^\s*"?([1-9]\d{0,8})"?\s*$/.exec(if_match)?.[1];
  return revision === undefined ? { ok: false } : { ok: true, tag: `"${revision}"` };
}
