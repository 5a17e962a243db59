import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { requireOurPages } from "../access/identify.ts";
import { endedCookie, makeSession, readSession, sessionCookie } from "../access/session-cookie.ts";
import { hashToken } from "../access/token.ts";
import type { Context } from "../context.ts";
import type { Handlers } from "../routing/handler.ts";
import { expectAnswer, passOn } from "../upstream/expect-answer.ts";

/** The console's way in and out. Another site must not sign a visitor in as somebody else, so both ask where they come from. */
export function sessionHandlers({ registry, callers }: Context) {
  return {
    async createSession({ body, http }) {
      requireOurPages(http);
      const session = makeSession();
      const hashes = { token_hash: hashToken(body.token), session_hash: hashToken(session) };
      const answer = await registry.createSession({ body: hashes });
      if (!answer.ok) {
        if (answer.status !== 404) throw passOn(answer);
        throw new HttpProblem("unauthenticated", "The token is unknown, expired or revoked.");
      }
      const { actor, expires_at } = answer.body;
      const secure = http.headers.origin?.startsWith("https:") === true;
      const cookie = sessionCookie(session, { expires_at: new Date(expires_at), secure });
      return { body: actor, headers: { "set-cookie": cookie } };
    },

    async deleteSession({ http }) {
      const session = readSession(http.headers.cookie);
      if (session !== undefined) {
        await expectAnswer(registry.endSession({ body: { session_hash: hashToken(session) } }));
        callers.forget();
      }
      return { body: null, headers: { "set-cookie": endedCookie() } };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}
