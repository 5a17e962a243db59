import type { Readable } from "node:stream";
import type { JsonText } from "@infraskill/client/client";
import type { Actor, Role } from "@infraskill/contracts/actor";
import type { Endpoint, Endpoints } from "@infraskill/contracts/endpoint";
import type { Job } from "@infraskill/contracts/queues";
import type { Part } from "@infraskill/platform/http-route";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";

/** A request that passed its route's access rule and schemas. */
export type Call<E extends Endpoint> = {
  params: Part<E, "params">;
  query: Part<E, "query">;
  headers: Part<E, "headers">;
  body: Part<E, "body">;
  /** Who calls, on routes that ask for a role. */
  actor: E["access"] extends Role ? Actor : undefined;
  http: FastifyRequest;
};

type AnswerBody<E extends Endpoint> = E["answers"][keyof E["answers"]] extends infer S
  ? S extends z.ZodType
    ? z.output<S>
    : null
  : never;

type Headers = Readonly<Record<string, string>>;

type AlsoOutcome<E extends Endpoint> = E extends { readonly also: infer A }
  ? { [S in keyof A & number]: A[S] extends z.ZodType ? { status: S; also: z.output<A[S]> } : never }[keyof A & number]
  : never;

/**
 * The body as the contract has it and the jobs to publish beside it; the same as JSON that was written elsewhere; one of the endpoint's other
 * answers with its status; or, for what is not JSON, the bytes as they go out.
 */
type Outcome<E extends Endpoint> =
  | AlsoOutcome<E>
  | { body: AnswerBody<E>; headers?: Headers; jobs?: readonly Job[] }
  | { json: JsonText<AnswerBody<E>>; headers?: Headers }
  | { raw: string | Readable; headers: Headers & { "content-type": string } };

/** Answers a call; refusals are thrown as HttpProblem. */
export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<Outcome<E>>;

/** One handler per endpoint of a table: a route without one does not compile. */
export type Handlers<T extends Endpoints> = { readonly [name in keyof T]: Handler<T[name]> };
