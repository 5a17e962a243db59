import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Github } from "../github.ts";

const life_ms = 60_000;
const key = randomBytes(32);

/** An address that works without a credential for one minute. */
export function signedUrl(github: Github, path: string, now_ms: number = Date.now()): string {
  const until = now_ms + life_ms;
  return `${github.url}${path}?until=${until}&signature=${sign(path, until)}`;
}

export function isSigned(path: string, query: Record<string, string>, now_ms: number = Date.now()): boolean {
  const until = Number(query["until"]);
  if (!(until > now_ms)) return false;
  const given = Buffer.from(query["signature"] ?? "");
  const wanted = Buffer.from(sign(path, until));
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function sign(path: string, until: number): string {
  return createHmac("sha256", key).update(`${path}\n${until}`).digest("base64url");
}
