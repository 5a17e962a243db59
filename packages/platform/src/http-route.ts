import type { Endpoint } from "@infraskill/contracts/endpoint";
import { z } from "zod";

/** One part of a request as its endpoint's schema reads it. */
export type Part<E, K extends string> = E extends { readonly [key in K]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

/** The status an endpoint answers with when all goes well: the first one the table names. */
export function successStatus({ answers }: Endpoint): number {
  return Number(Object.keys(answers)[0]);
}

/** What Fastify is told of an endpoint: where it is and what it accepts. Query fields the table does not name are refused. */
export function routeOf({ method, path, params, query, headers, body }: Endpoint) {
  return {
    method,
    url: path.replaceAll(/\{(\w+)\}/g, ":$1"),
    schema: {
      querystring: query ?? z.strictObject({}),
      ...(params === undefined ? {} : { params }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body: acceptNoBody(body) }),
    },
  };
}

/** Fastify gives null for a body that was not sent, which an optional schema does not know. */
function acceptNoBody(schema: z.ZodType): z.ZodType {
  return schema.safeParse(undefined).success ? z.preprocess((body) => body ?? undefined, schema) : schema;
}
