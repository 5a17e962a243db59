import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { RunClaims } from "@infraskill/contracts/worker-events";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import { readBearer } from "../access/credential.ts";
import type { Context } from "../context.ts";
import type { Handlers } from "../routing/handler.ts";
import { expectAnswer } from "../upstream/expect-answer.ts";
import type { VerifyRun } from "./verify-run.ts";

export function callbackHandlers({ registry, verifyRun }: Context) {
  return {
    async claimExecution({ params, http }) {
      const claims = await proveRun(verifyRun, http, params.execution_id);
      const { claimed, jobs } = await expectAnswer(registry.claimExecution({ params, body: { claims } }));
      return { body: { claimed }, jobs };
    },

    async callback({ body: { execution_id, ...report }, http }) {
      const claims = await proveRun(verifyRun, http, execution_id);
      const kept = registry.acceptCallback({ params: { execution_id }, body: { claims, report } });
      const { accepted, jobs } = await expectAnswer(kept);
      return { body: { accepted }, jobs };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}

/** Turns calls without a token away before their body is read. */
export const requireRunToken: onRequestAsyncHookHandler = async (request) => {
  if (readBearer(request.headers.authorization, max_token) === undefined) throw badProof("there is none");
};

/** The longest token looked at; GitHub's have about 2,000 characters. */
const max_token = 10_000;

/** The run's claims. @throws {HttpProblem} 401 without a token that proves them */
async function proveRun(verifyRun: VerifyRun, request: FastifyRequest, execution_id: string): Promise<RunClaims> {
  const token = readBearer(request.headers.authorization, max_token) ?? "";
  const proof = await verifyRun(token, execution_id);
  if (proof.ok) return proof.claims;
  request.log.warn({ execution_id, reason: proof.reason }, "Proof of a run refused");
  throw badProof(proof.reason);
}

function badProof(reason: string): HttpProblem {
  return new HttpProblem("bad_proof", `The run's OIDC token proves nothing here: ${reason}.`, {
    headers: { "www-authenticate": 'Bearer realm="infraskill"' },
  });
}
