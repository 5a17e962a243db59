import type { SignedCall } from "@infraskill/contracts/callback-mode";
import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { RunClaims } from "@infraskill/contracts/worker-events";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { redactValues } from "@infraskill/platform/redact";
import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import type { Context } from "../context.ts";
import type { Handlers } from "../routing/handler.ts";
import { expectAnswer } from "../upstream/expect-answer.ts";
import type { RunProver } from "./run-proof.ts";

export function callbackHandlers({ registry, runProver, config }: Context) {
  // Only the gateway knows it; what looks like any other credential the registry takes out.
  const secrets = config.CALLBACK_SECRET === undefined ? [] : [config.CALLBACK_SECRET];
  return {
    async claimExecution({ params, http }) {
      const claims = await proveRun(runProver, http, { purpose: "claim", execution_id: params.execution_id });
      const { claimed, jobs } = await expectAnswer(registry.claimExecution({ params, body: { claims } }));
      return { body: { claimed }, jobs };
    },

    async callback({ body: { execution_id, ...report }, http }) {
      const claims = await proveRun(runProver, http, { purpose: "callback", execution_id });
      const told = { ...report, outputs: redactValues(report.outputs, secrets) };
      const kept = registry.acceptCallback({ params: { execution_id }, body: { claims, report: told } });
      const { accepted, jobs } = await expectAnswer(kept);
      return { body: { accepted }, jobs };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}

/** Turns calls that can prove nothing away before their body is read. */
export function requireRunProof({ lacks }: RunProver): onRequestAsyncHookHandler {
  return async ({ headers }) => {
    const lacking = lacks(headers);
    if (lacking !== undefined) throw badProof(lacking);
  };
}

/** The run's claims. @throws {HttpProblem} 401 for a call that does not prove them */
async function proveRun(
  { prove }: RunProver,
  request: FastifyRequest,
  call: Pick<SignedCall, "purpose" | "execution_id">,
): Promise<RunClaims> {
  const proof = await prove({ ...call, headers: request.headers, body: request.raw_body ?? new Uint8Array() });
  if (proof.ok) return proof.claims;
  request.log.warn({ ...call, reason: proof.reason }, "Proof of a run refused");
  throw badProof(proof.reason);
}

function badProof(reason: string): HttpProblem {
  return new HttpProblem("bad_proof", `This does not prove which run it comes from: ${reason}.`, {
    headers: { "www-authenticate": 'Bearer realm="infraskill"' },
  });
}
