import type { IncomingHttpHeaders } from "node:http";
import type { SignedCall } from "@infraskill/contracts/callback-mode";
import type { RunClaims } from "@infraskill/contracts/worker-events";

/** A call of a run as it came. */
type RunCall = Pick<SignedCall, "purpose" | "execution_id"> & {
  readonly headers: IncomingHttpHeaders;
  /** The raw bytes. */
  readonly body: Uint8Array;
};

/** The run's facts, or why the call proves none. */
type RunProof = { ok: true; claims: RunClaims } | { ok: false; reason: string };

/** One way in which runs prove themselves. */
export type RunProver = {
  /** Why a call with these headers can prove nothing, whatever its body is. */
  readonly lacks: (headers: IncomingHttpHeaders) => string | undefined;
  /** @throws {HttpProblem} 503 while a proof cannot be checked */
  readonly prove: (call: RunCall) => Promise<RunProof>;
};
