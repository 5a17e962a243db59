import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import type { Context } from "../context.ts";
import type { Handlers } from "../routing/handler.ts";
import { expectAnswer } from "../upstream/expect-answer.ts";
import { signatureHolds } from "./signature.ts";

/** GitHub sends no larger ones (github.md §5). */
export const webhook_body_limit = 25 * 1024 * 1024;

export function webhookHandlers({ registry, config }: Context) {
  return {
    async githubWebhook({ http }) {
      const body = http.body instanceof Uint8Array ? (http.body as Uint8Array<ArrayBuffer>) : new Uint8Array();
      const signature = header(http, "x-hub-signature-256");
      if (!signatureHolds(config.GITHUB_WEBHOOK_SECRET, body, signature)) {
        http.log.warn({ github_delivery: header(http, "x-github-delivery") }, "Webhook with a wrong signature refused");
        throw badProof("X-Hub-Signature-256 is not this body's signature.");
      }
      const headers = {
        "x-github-event": requireHeader(http, "x-github-event"),
        "x-github-delivery": requireHeader(http, "x-github-delivery"),
      };
      const { jobs } = await expectAnswer(registry.acceptWebhook({ headers, body }));
      return { body: { accepted: true }, jobs };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}

/** Turns unsigned calls away before their body is read. */
export const requireSignature: onRequestAsyncHookHandler = async (request) => {
  if (header(request, "x-hub-signature-256") === undefined) throw badProof("X-Hub-Signature-256 is missing.");
};

function badProof(detail: string): HttpProblem {
  return new HttpProblem("bad_proof", detail);
}

function requireHeader(request: FastifyRequest, name: string): string {
  const value = header(request, name);
  if (value !== undefined && /^[\x21-\x7e]{1,100}$/.test(value)) return value;
  throw new HttpProblem("malformed", `The header ${name} is missing or not one GitHub sends.`);
}

function header({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}
