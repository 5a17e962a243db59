import type { FastifySchemaCompiler, FastifySchemaValidationError } from "fastify";
import type { z } from "zod";
import { plainWords } from "./plain-words.ts";

/** Checks the parts of a request with their zod schemas; every fault has its JSON Pointer and plain words. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data: unknown) => {
    const parsed = schema.safeParse(data, { error: plainWords });
    return parsed.success ? { value: parsed.data } : { error: parsed.error.issues.map(toFault) };
  };

function toFault({ code, path, message, ...params }: z.core.$ZodIssue): FastifySchemaValidationError {
  const pointer = path.map((key) => `/${escapePointer(String(key))}`).join("");
  return { keyword: code, instancePath: pointer, schemaPath: `#${pointer}/${code}`, message, params };
}

/** One part of a JSON Pointer (RFC 6901). */
export function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
