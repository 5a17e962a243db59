import { pick } from "../chaos/random.ts";
import { makeBody } from "./bodies.ts";
import { hostile_texts, hostile_types } from "./hostile.ts";
import type { Parameter, Route } from "./routes.ts";
import { chance, type Draw, makeValue } from "./values.ts";

export interface FuzzRequest {
  readonly method: string;
  /** Path and query as they go over the wire. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  /** The address was bent, so that it may name another route or none. */
  readonly strayed: boolean;
}

/** Proofs by kind: for a token the whole header; for the others made from the request. */
export interface Proofs {
  /** The first one may do anything, and is taken mostly. */
  readonly tokens: readonly string[];
  readonly ofRun: (execution_id: string) => Promise<string>;
  readonly sign: (body: Buffer) => string;
  /** Of the console's pages, for what asks a browser where it is. */
  readonly origin: string;
}

/** One request to a route: as described, nearly so, or hostile, in every part. */
export async function makeRequest(route: Route, draw: Draw, proofs: Proofs): Promise<FuzzRequest> {
  const { random } = draw;
  const { target, strayed, execution_id } = makeTarget(route, draw);
  const headers: Record<string, string> = {};
  for (const { name, schema } of some(route, "header", draw))
    headers[name] = headerText(chance(random, 0.6) ? makeValue(schema, draw, name) : pick(random, hostile_texts));
  if (chance(random, 0.1)) headers["accept"] = pick(random, ["text/plain", "application/json", "*/*;q=x", "\u00ff"]);

  let body: Buffer | undefined;
  if (route.method !== "GET" && (route.body !== undefined || chance(random, 0.1)) && chance(random, 0.95)) {
    body = makeBody(route.body ?? {}, draw, route.name);
    headers["content-type"] = chance(random, 0.9) ? "application/json" : pick(random, hostile_types);
  }
  Object.assign(headers, await prove(route, body, execution_id, draw, proofs));
  return { method: route.method, target, headers, body, strayed };
}

function makeTarget(route: Route, draw: Draw) {
  const { random } = draw;
  let strayed = false;
  let execution_id = "";
  const path = route.path.replaceAll(/(?<=(\w+)\/)\{(\w+)\}/g, (_, kind: string, name: string) => {
    const schema = route.parameters.find((one) => one.in === "path" && one.name === name)?.schema ?? {};
    if (chance(random, 0.7)) {
      const value = String(makeValue(schema, draw, `${kind}/${name}`));
      if (name === "execution_id") execution_id = value;
      return encodeURIComponent(value.toWellFormed());
    }
    strayed = true;
    return hostileSegment(draw);
  });
  const query = some(route, "query", draw).map(({ name, schema }) => {
    const value = chance(random, 0.65) ? makeValue(schema, draw, name) : pick(random, hostile_texts);
    return `${name}=${queryText(String(value), draw)}`;
  });
  if (chance(random, 0.1)) query.push(`${queryText(pick(random, hostile_texts), draw)}=1`);
  if (query.length > 0 && chance(random, 0.05)) query.push(query[0] ?? "");
  return { target: query.length === 0 ? path : `${path}?${query.join("&")}`, strayed, execution_id };
}

function some(route: Route, place: Parameter["in"], { random }: Draw): Parameter[] {
  return route.parameters.filter((one) => one.in === place && (one.required || chance(random, 0.4)));
}

/** As bytes that Node lets go out in a request line, escaped or not. */
function hostileSegment({ random }: Draw): string {
  const text = pick(random, hostile_texts);
  return chance(random, 0.5) ? encodeURIComponent(text.toWellFormed()) : text.replaceAll(/[^\x21-\xff]/g, "");
}

function queryText(text: string, { random }: Draw): string {
  return chance(random, 0.9) ? encodeURIComponent(text.toWellFormed()) : text.replaceAll(/[^\x21-\xff]|[#&]/g, "");
}

function headerText(value: unknown): string {
  return String(value).replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "?");
}

async function prove(
  { proof }: Route,
  body: Buffer | undefined,
  execution_id: string,
  { random, texts }: Draw,
  { tokens, ofRun, sign, origin }: Proofs,
): Promise<Record<string, string>> {
  if (chance(random, 0.06)) return { authorization: headerText(`Bearer ${pick(random, hostile_texts)}`) };
  if (chance(random, 0.04)) return {};
  switch (proof) {
    case "token":
      return { authorization: `Bearer ${chance(random, 0.9) ? (tokens[0] ?? "") : pick(random, tokens)}` };
    case "run": {
      const named = /"execution_id":"([0-9a-f-]{36})"/.exec(body?.toString() ?? "")?.[1];
      return { authorization: `Bearer ${await ofRun(named ?? execution_id)}` };
    }
    case "signature":
      return {
        "x-hub-signature-256": sign(body ?? Buffer.alloc(0)),
        "x-github-event": pick(random, ["pull_request", "workflow_run", "push", "ping", "nobody", "__proto__"]),
        "x-github-delivery": headerText(chance(random, 0.8) ? crypto.randomUUID() : pick(random, texts)),
      };
    case undefined:
      return chance(random, 0.8) ? { origin } : {};
  }
}
