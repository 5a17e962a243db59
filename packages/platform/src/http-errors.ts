import type { FieldError } from "@infraskill/contracts/problem";
import type { FastifyError, FastifySchemaValidationError } from "fastify";
import { HttpProblem } from "./http-problem.ts";

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
  if (context === "params") return new HttpProblem("not_found", "There is nothing at this address.");
  const errors = issues.flatMap((issue) => fieldErrors(issue, context));
  const detail = errors.length === 1 ? "One field cannot be accepted." : `${errors.length} fields cannot be accepted.`;
  const unknown_query = context === "querystring" && issues.some((issue) => issue.keyword === "unrecognized_keys");
  return new HttpProblem(context === "headers" || unknown_query ? "malformed" : "refused", detail, { errors });
}

function fieldErrors(
  { keyword, instancePath, message, params }: FastifySchemaValidationError,
  context: string,
): FieldError[] {
  const base = context === "querystring" ? instancePath.replace(/^\//, "?") : instancePath === "/" ? "" : instancePath;
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
    return "The body is not valid JSON.";
  if (error.code === "FST_ERR_BAD_URL") return "The address has an escape sequence that cannot be decoded.";
  return "The request cannot be read.";
}

function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && ("statusCode" in error || "validation" in error || "code" in error);
}
