import type { IncomingHttpHeaders } from "node:http";
import { signatureWindow_s, signedHeaders, signedPrefix } from "@infraskill/contracts/callback-mode";
import { RunClaims } from "@infraskill/contracts/worker-events";
import { signatureHolds } from "../webhooks/signature.ts";
import type { RunProver } from "./run-proof.ts";

/** The longest header `run` looked at; a run's facts take about 400 characters. */
const max_run = 4_000;

/**
 * Runs prove themselves by an HMAC-SHA256 with a secret that GitHub gives to their claim and report jobs, over this moment, purpose, execution, run and
 * the raw body. Whoever has the secret can speak for any run, so the registry compares the facts with the execution as it does with a token's.
 * A replay within the window does nothing: a run that has claimed may claim again, and a result counts once.
 */
export function createSignatureProver(secret: string, now: () => number = Date.now): RunProver {
  return {
    lacks(headers) {
      const missing = Object.values(signedHeaders).find((name) => typeof headers[name] !== "string");
      if (missing !== undefined) return `the header ${missing} is missing`;
      const timestamp = header(headers, "timestamp");
      if (!/^[1-9][0-9]{0,11}$/.test(timestamp)) return `${signedHeaders.timestamp} is not in seconds since 1970`;
      const apart_s = Math.abs(now() / 1_000 - Number(timestamp));
      return apart_s > signatureWindow_s
        ? `${signedHeaders.timestamp} is ${Math.round(apart_s)} s away from this clock`
        : undefined;
    },
    async prove({ headers, purpose, execution_id, body }) {
      const [timestamp, run] = [header(headers, "timestamp"), header(headers, "run")];
      const signed = Buffer.concat([Buffer.from(signedPrefix({ timestamp, purpose, execution_id, run })), body]);
      if (!signatureHolds(secret, signed, header(headers, "signature"))) {
        return { ok: false, reason: `${signedHeaders.signature} is not this call's signature` };
      }
      const claims = run.length > max_run ? undefined : readClaims(run);
      return claims === undefined
        ? { ok: false, reason: `${signedHeaders.run} does not hold a run's facts` }
        : { ok: true, claims };
    },
  };
}

function header(headers: IncomingHttpHeaders, name: keyof typeof signedHeaders): string {
  return String(headers[signedHeaders[name]] ?? "");
}

function readClaims(json: string): RunClaims | undefined {
  try {
    return RunClaims.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
