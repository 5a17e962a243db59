import type { Endpoint, Endpoints } from "@infraskill/contracts/endpoint";
import { Problem } from "@infraskill/contracts/problem";
import type { z } from "zod";
import { buildRequest, type Parts } from "./request.ts";

type Part<E, K extends string> = E extends { readonly [key in K]: infer S extends z.ZodType }
  ? { [key in K]: z.input<S> }
  : unknown;
type OptionalPart<E, K extends string> = E extends { readonly [key in K]: infer S extends z.ZodType }
  ? { [key in K]?: z.input<S> }
  : unknown;

/** What a call takes: the endpoint's path parameters and body; its query and headers where wanted. */
export type Request<E extends Endpoint> = Part<E, "params"> &
  OptionalPart<E, "query"> &
  OptionalPart<E, "headers"> &
  Part<E, "body"> & { signal?: AbortSignal };

type Body<S> = S extends z.ZodType ? z.output<S> : undefined;
type AnswerBody<E extends Endpoint> = Body<E["answers"][keyof E["answers"]]>;
type Success<E extends Endpoint> = { ok: true; status: keyof E["answers"] & number };
export type Refusal = { ok: false; status: number; problem: Problem; retry_after_s?: number };
/** A success with its body, or the problem the server told. */
export type Answer<E extends Endpoint> = (Success<E> & { body: AnswerBody<E> }) | Refusal;

export type Client<E extends Endpoints> = {
  [name in keyof E]: (request: Request<E[name]>) => Promise<Answer<E[name]>>;
};

/** JSON whose value only the compiler knows. */
export type JsonText<T> = string & { readonly json_of?: T };
export type Relay<E extends Endpoints> = {
  [name in keyof E]: (
    request: Request<E[name]>,
  ) => Promise<(Success<E[name]> & { body: JsonText<AnswerBody<E[name]>> }) | Refusal>;
};

export type ClientOptions = {
  base_url: string;
  /** Sent with every call, such as `authorization`. */
  headers?: Record<string, string>;
  /** Per call; default 10 s. */
  timeout_ms?: number;
  /** Default: `fetch`. On Node, a pool of kept connections answers in a fraction of its time. */
  send?: Send;
};

/** What is used of `fetch`. */
export type Send = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: string | Uint8Array<ArrayBuffer>;
    signal: AbortSignal;
    redirect: "error";
  },
) => Promise<{ status: number; headers: { get(name: string): string | null }; text(): Promise<string> }>;

/** The server could not be reached, took too long, or did not answer as its contract says. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** One typed function per endpoint. Refusals are values; only an unreachable or incomprehensible server throws. */
export function createClient<const E extends Endpoints>(endpoints: E, options: ClientOptions): Client<E> {
  return functionsFor(endpoints, options, parseBody) as Client<E>;
}

/** The same, but that a success is handed on as the text it came as, unread: for servers that vouch for their answers. */
export function createRelay<const E extends Endpoints>(endpoints: E, options: ClientOptions): Relay<E> {
  return functionsFor(endpoints, options, keepText) as Relay<E>;
}

type Call = Parts & { signal?: AbortSignal };
/** Makes the body of a success from its text. `asked` is method and URL. */
type ReadBody = (text: string, schema: z.ZodType | null, asked: string) => unknown;

const parseBody: ReadBody = (text, schema, asked) => (schema === null ? undefined : parse(asked, schema, text));
const keepText: ReadBody = (text) => text;

function functionsFor(endpoints: Endpoints, options: ClientOptions, readBody: ReadBody): unknown {
  return Object.fromEntries(
    Object.entries(endpoints).map(([name, endpoint]) => [
      name,
      (request: Call) => call(endpoint, request, options, readBody),
    ]),
  );
}

async function call(
  endpoint: Endpoint,
  request: Call,
  options: ClientOptions,
  readBody: ReadBody,
): Promise<{ ok: true; status: number; body: unknown } | Refusal> {
  const { url, init } = buildRequest(endpoint, request, options);
  const asked = `${endpoint.method} ${url}`;
  const timeout = AbortSignal.timeout(options.timeout_ms ?? 10_000);
  const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
  const send = options.send ?? fetch;
  let response: Awaited<ReturnType<Send>>;
  let text: string;
  try {
    response = await send(url, { ...init, signal, redirect: "error" });
    text = await response.text();
  } catch (cause) {
    throw new Unreachable(`${asked} did not answer`, { cause });
  }
  const schema = endpoint.answers[response.status];
  if (schema !== undefined) return { ok: true, status: response.status, body: readBody(text, schema, asked) };
  const problem = parse(asked, Problem, text);
  const retry_after = Number(response.headers.get("retry-after") ?? Number.NaN);
  return {
    ok: false,
    status: response.status,
    problem,
    ...(Number.isFinite(retry_after) ? { retry_after_s: retry_after } : {}),
  };
}

function parse<S extends z.ZodType>(asked: string, schema: S, text: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Unreachable(`${asked} answered something its contract does not know`, { cause });
  }
}
