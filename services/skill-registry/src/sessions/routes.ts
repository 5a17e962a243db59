import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Handlers } from "@infraskill/platform/http-endpoints";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import { endSession, findSessionActor, insertSession } from "./store.ts";

type SessionHandlers = Pick<Handlers<typeof registryEndpoints>, "createSession" | "identifySession" | "endSession">;

export function sessionHandlers({ db }: Context): SessionHandlers {
  return {
    async createSession({ body: { token_hash, session_hash } }) {
      const begun = await db
        .transaction()
        .execute((trx) => insertSession(trx, fromHex(token_hash), fromHex(session_hash)));
      if (begun === undefined) throw new HttpProblem("not_found", "No such token, or it is revoked or expired.");
      return { actor: begun.actor, expires_at: begun.expires_at.toISOString() };
    },
    async identifySession({ body }) {
      const actor = await findSessionActor(db, fromHex(body.session_hash));
      if (actor === undefined) throw new HttpProblem("not_found", "No such session, or it is over.");
      return actor;
    },
    async endSession({ body }) {
      await endSession(db, fromHex(body.session_hash));
      return undefined;
    },
  };
}

function fromHex(hash: string): Buffer {
  return Buffer.from(hash, "hex");
}
