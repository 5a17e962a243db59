import { createHmac } from "node:crypto";
import { Agent } from "node:http";
import { crc32 } from "node:zlib";
import { createClient } from "@infraskill/client/client";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { createRandom } from "../chaos/random.ts";
import { startTrialSystem, type TrialSystem } from "../trial/system.ts";
import { type Issuer, startIssuer } from "./issuer.ts";
import { findFault } from "./judge.ts";
import { must, prepareKnown } from "./known.ts";
import { type FuzzRequest, makeRequest, type Proofs } from "./requests.ts";
import { type OpenApi, readRoutes, type Route } from "./routes.ts";
import { sendRequest } from "./send.ts";
import type { Draw } from "./values.ts";

export interface FuzzOptions {
  readonly seed: number;
  readonly cases_per_route: number;
  /** Only the route with this operationId. */
  readonly only?: string | undefined;
  readonly say: (text: string) => void;
}
export interface FuzzResult {
  /** `METHOD /path`, how often each status came, and what was wrong. */
  readonly routes: readonly RouteResult[];
  /** Processes that ended meanwhile, by name. */
  readonly died: readonly string[];
}
interface RouteResult {
  readonly route: string;
  readonly statuses: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
  /** Whether any request got as far as the state of a row. */
  readonly reached: boolean;
}

const at_once = 8;

/** Asks every route of the running gateway's own description a number of things, and compares the answers with it. */
export async function fuzz({ seed, cases_per_route, only, say }: FuzzOptions): Promise<FuzzResult> {
  const issuer = await startIssuer();
  const system = await startTrialSystem({
    with_demo_skills: true,
    retell: (service) =>
      service.name === "gateway" ? { ...service, env: { ...service.env, OIDC_ISSUER: issuer.url } } : service,
  });
  const agent = new Agent({ keepAlive: true, maxSockets: at_once });
  try {
    const { gateway_url } = system.endpoints;
    const document = (await (await fetch(`${gateway_url}/api/openapi.json`)).json()) as OpenApi;
    const { routes, resolve } = readRoutes(document);
    const before = system.pids();
    const { proofsFor, texts, fields } = await prepare(system, issuer);
    const results: RouteResult[] = [];
    for (const route of routes.toSorted((a, b) => harm(a) - harm(b))) {
      if (only !== undefined && only !== route.name) continue;
      const drawFor = (number: number) => ({
        random: createRandom(crc32(`${seed} ${route.name} ${number}`)),
        resolve,
        texts,
        fields,
      });
      const proofs = await proofsFor(route);
      const result = await fuzzRoute({ route, drawFor, proofs, agent, cases: cases_per_route, gateway_url });
      say(describeResult(result));
      results.push(result);
    }
    const after = system.pids();
    return { routes: results, died: Object.keys(before).filter((name) => after[name] !== before[name]) };
  } finally {
    agent.destroy();
    await system.stop();
    await issuer.stop();
  }
}

/** What takes the others' ground away comes last. */
function harm({ name }: Route): number {
  return ["archiveSkill", "revokeToken"].indexOf(name);
}

async function prepare({ endpoints }: TrialSystem, issuer: Issuer) {
  const { gateway_url, admin_token, webhook_secret, repository, github_api_url, github_token } = endpoints;
  const api = createClient(publicEndpoints, {
    base_url: gateway_url,
    headers: { authorization: `Bearer ${admin_token}` },
  });
  const known = await prepareKnown(api, `${gateway_url}/livez`);
  const about = await fetch(`${github_api_url}/repos/${repository}`, {
    headers: { authorization: `Bearer ${github_token}` },
  });
  const { id: repository_id } = (await about.json()) as { id: number };
  const facts = { repository, repository_id, skill_name: known.skill_name, sha: known.commit_hash };
  /** With an admin's token of its own, because one route revokes tokens. */
  const proofsFor = async ({ name }: Route): Promise<Proofs> => {
    const made = await must(api.createToken({ body: { name, role: "admin" } }));
    return {
      tokens: [made.token, known.viewer_token],
      ofRun: (execution_id) => issuer.tokenFor(execution_id, facts),
      sign: (body) => `sha256=${createHmac("sha256", webhook_secret).update(body).digest("hex")}`,
      origin: gateway_url,
    };
  };
  return { ...known, proofsFor };
}

type RouteWork = {
  route: Route;
  /** Each request has draws of its own, so that a seed makes the same ones however the answers come and whatever routes there are beside it. */
  drawFor: (number: number) => Draw;
  proofs: Proofs;
  agent: Agent;
  cases: number;
  gateway_url: string;
};

async function fuzzRoute({ route, drawFor, proofs, agent, cases, gateway_url }: RouteWork): Promise<RouteResult> {
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  let left = cases;
  const ask = async () => {
    while (left > 0) {
      left -= 1;
      const request = await makeRequest(route, drawFor(left), proofs);
      const { status, fault } = await askOnce(gateway_url, route, request, agent);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (fault !== undefined) faults.push(`${fault}\n      ${describeRequest(request)}`);
    }
  };
  await Promise.all(Array.from({ length: at_once }, ask));
  const reached = Object.keys(statuses).some((status) => status.startsWith("2") || status === "409");
  return { route: `${route.method} ${route.path}`, statuses, faults, reached };
}

async function askOnce(url: string, route: Route, request: FuzzRequest, agent: Agent) {
  try {
    const answer = await sendRequest(url, request, agent);
    return { status: String(answer.status), fault: findFault(route, request, answer) };
  } catch (error) {
    return { status: "none", fault: `gave no answer: ${String(error)}` };
  }
}

function describeRequest({ method, target, headers, body }: FuzzRequest): string {
  const { authorization: _, ...shown } = headers;
  const text = body === undefined ? "" : ` ${JSON.stringify(body.toString().slice(0, 400))}`;
  return `${method} ${target.slice(0, 300)} ${JSON.stringify(shown).slice(0, 300)}${text}`;
}

function describeResult({ route, statuses, faults }: RouteResult): string {
  const counts = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`);
  const first = faults.slice(0, 5).map((fault) => `\n    ${fault}`);
  return `${faults.length === 0 ? "✓" : "✗"} ${route}: ${counts.join(", ")}${first.join("")}`;
}
