import { randomBytes } from "node:crypto";

export const sessionCookieName = "infraskill_session";

/** A new session's secret: 256 random bits. Only its hash is kept. */
export function makeSession(random: (size: number) => Buffer = randomBytes): string {
  return random(32).toString("base64url");
}

/** The session in a `Cookie` header; undefined when there is none of our shape. */
export function readSession(cookie: string | undefined): string | undefined {
  const found = (cookie ?? "").split(/; */).find((pair) => pair.startsWith(`${sessionCookieName}=`));
  const session = found?.slice(sessionCookieName.length + 1);
  return session !== undefined && /^[\w-]{43}$/.test(session) ? session : undefined;
}

/** `Set-Cookie` that no script can read and no other site can send a change with. `secure` where the page came by HTTPS. */
export function sessionCookie(session: string, { expires_at, secure }: { expires_at: Date; secure: boolean }): string {
  return cookie(session, expires_at, secure);
}

/** `Set-Cookie` that takes it away. */
export function endedCookie(): string {
  return cookie("", new Date(0), false);
}

function cookie(value: string, expires_at: Date, secure: boolean): string {
  const parts = [
    `${sessionCookieName}=${value}`,
    "Path=/",
    `Expires=${expires_at.toUTCString()}`,
    "HttpOnly",
    "SameSite=Lax",
  ];
  return [...parts, ...(secure ? ["Secure"] : [])].join("; ");
}
