import { expect, it } from "vitest";
import { endedCookie, makeSession, readSession, sessionCookie } from "./session-cookie.ts";

it("reads back the session it set, among other cookies", () => {
  const session = makeSession();
  const set = sessionCookie(session, { expires_at: new Date(), secure: true });
  expect(readSession(`theme=dark; ${set.split(";")[0]}; x=y`)).toBe(session);
});

it.each([
  undefined,
  "",
  "infraskill_session=",
  "infraskill_session=short",
  "other_infraskill_session=x",
  `infraskill_session=${"é".repeat(43)}`,
])("finds no session in %s", (cookie) => expect(readSession(cookie)).toBeUndefined());

it("keeps scripts and other sites out, and plain HTTP where the page came by HTTPS", () => {
  const expires_at = new Date("2026-01-01T00:00:00Z");
  expect(sessionCookie("s", { expires_at, secure: true })).toBe(
    "infraskill_session=s; Path=/; Expires=Thu, 01 Jan 2026 00:00:00 GMT; HttpOnly; SameSite=Lax; Secure",
  );
  expect(endedCookie()).toContain("Expires=Thu, 01 Jan 1970 00:00:00 GMT");
});
