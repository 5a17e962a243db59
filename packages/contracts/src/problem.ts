import { z } from "zod";

export const FieldError = z
  .object({
    pointer: z
      .string()
      .meta({ description: "JSON Pointer into the request body, or the query field's name after `?`." }),
    detail: z.string().meta({ description: "What is wrong with it, to follow its name." }),
  })
  .meta({ id: "FieldError", description: "What is wrong with one field." });
export type FieldError = z.infer<typeof FieldError>;

export const Problem = z
  .object({
    type: z
      .string()
      .meta({ description: "`urn:infraskill:problem:` and the problem's name; stays the same over releases." }),
    title: z.string().meta({ description: "The problem in general." }),
    status: z.number().int().meta({ description: "The HTTP status." }),
    detail: z.string().meta({ description: "What happened here, and what to do about it." }),
    instance: z.string().meta({ description: "The request's id, also in `x-request-id`." }),
    errors: z.array(FieldError).optional().meta({ description: "The fields that are not accepted." }),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details." });
export type Problem = z.infer<typeof Problem>;

/** Every refusal infraskill knows: what the caller sees as `type`, `title` and status. */
export const problems = {
  malformed: { status: 400, title: "The request cannot be read" },
  unauthenticated: { status: 401, title: "No valid credential" },
  bad_proof: { status: 401, title: "The proof in the call does not hold" },
  forbidden: { status: 403, title: "The role does not allow this" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  name_taken: { status: 409, title: "The name is taken" },
  stale_revision: { status: 409, title: "Someone else changed it first" },
  wrong_state: { status: 409, title: "Its state does not allow this" },
  key_reused: { status: 409, title: "The idempotency key was used with another body" },
  contradicts_run: { status: 409, title: "This contradicts the run" },
  too_large: { status: 413, title: "Too large" },
  unsupported_media_type: { status: 415, title: "Unsupported content type" },
  refused: { status: 422, title: "Well-formed, but refused" },
  too_many_requests: { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "A dependency is down" },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemName = keyof typeof problems;

/** The `type` member of a problem, a URN that stays the same over releases. */
export function problemType(name: ProblemName): string {
  return `urn:infraskill:problem:${name.replaceAll("_", "-")}`;
}
