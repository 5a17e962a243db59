import type { FieldError } from "@infraskill/contracts/problem";
import type { FastifyError, FastifySchemaValidationError } from "fastify";
import { HttpProblem } from "./http-problem.ts";
import { escapePointer } from "./http-validation.ts";

/**
 * The problem for an error that reached the server's error handler, or undefined when it is our own fault (a 500).
 * Bodies and query fields that miss their schema are 422 with a pointer each, unknown query fields 400, a path
 * that cannot name anything 404; Fastify's own refusals keep their status.
 */
export function problemOf(error: unknown): HttpProblem | undefined {
  if (error instanceof HttpProblem) return error;
  if (!isFastifyError(error)) return undefined;
  if (error.validation !== undefined) return validationProblem(error.validation, error.validationContext ?? "body");
  const status = error.statusCode ?? 500;
  if (error.code === "FST_ERR_HANDLER_TIMEOUT") {
    return new HttpProblem("unavailable", "The answer took too long.", {
      headers: { "retry-after": "2" },
      cause: error,
    });
  }
  if (status < 400 || status >= 500) return undefined;
  if (error.code === "FST_ERR_MAX_PARAM_LENGTH")
    return new HttpProblem("not_found", "There is nothing at this address.");
  if (status === 413)
    return new HttpProblem("too_large", "The body is larger than this address accepts.", { cause: error });
  if (status === 415)
    return new HttpProblem("unsupported_media_type", "This address expects application/json.", { cause: error });
  return new HttpProblem("malformed", describeMalformed(error), { cause: error, status });
}

function validationProblem(issues: readonly FastifySchemaValidationError[], context: string): HttpProblem {
  const errors = issues.flatMap((issue) => fieldErrors(issue, context));
  if (context === "params") return new HttpProblem("not_found", `There is nothing at this address${because(errors)}.`);
  const unknown_query = context === "querystring" && issues.some((issue) => issue.keyword === "unrecognized_keys");
  const problem = context === "headers" || unknown_query ? "malformed" : "refused";
  return new HttpProblem(problem, summarise(errors, context), { errors });
}

function summarise(errors: readonly FieldError[], context: string): string {
  const [only, ...more] = errors;
  if (only === undefined || more.length > 0) return `${errors.length} fields cannot be accepted.`;
  if (context === "headers") return `The header ${only.pointer.slice(1)} ${only.detail}.`;
  return only.pointer === "" ? `The body ${only.detail}.` : "One field cannot be accepted.";
}

/** ": id must be a skill's number or name", from what the path's parameters miss. */
function because(errors: readonly FieldError[]): string {
  return `: ${errors.map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`).join(", ")}`;
}

function fieldErrors(
  { keyword, instancePath, message, params }: FastifySchemaValidationError,
  context: string,
): FieldError[] {
  const base = context === "querystring" ? instancePath.replace(/^\//, "?") : instancePath;
  const detail = message ?? "is not accepted";
  if (keyword !== "unrecognized_keys" || !Array.isArray(params["keys"])) return [{ pointer: base, detail }];
  const prefix = context === "querystring" ? "?" : `${base}/`;
  return params["keys"].map((key) => ({
    pointer: prefix + escapePointer(String(key)),
    detail: "is not a known field",
  }));
}

function describeMalformed(error: FastifyError): string {
  if (error.code === "FST_ERR_CTP_EMPTY_JSON_BODY") return "The body is empty, but its content type says JSON.";
  if (error.code === "FST_ERR_CTP_INVALID_JSON_BODY" || error instanceof SyntaxError)
    return "The body is not valid JSON, or has a field named __proto__ or constructor.";
  if (error.code === "FST_ERR_BAD_URL") return "The address has an escape sequence that cannot be decoded.";
  return "The request cannot be read.";
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && ("statusCode" in error || "validation" in error || "code" in error);
}
