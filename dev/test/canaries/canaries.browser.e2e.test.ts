import { mkdtemp, readFile, rm } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@infraskill/client/client";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { createLogger } from "@infraskill/platform/logger";
import { connectRedis } from "@infraskill/platform/redis";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startBrowser } from "../../src/console/browser.ts";
import { EmbeddedSystem } from "../../src/start/embedded-system.ts";
import { readEndpoints, type SystemEndpoints } from "../../src/start/endpoints-file.ts";
import { readOptions } from "../../src/start/options.ts";
import { draft, execute, makeActive, waitForEnd } from "../journey.ts";
import { must, type System } from "../system.ts";
import { type Canary, canariesIn } from "./canaries.ts";
import { type Place, readAnswer, readingPaths, readRedis } from "./places.ts";

const root = join(import.meta.dirname, "../../..");
const random = (size: number) => randomBytes(size).toString("base64url").replaceAll(/[-_]/g, "x");
const githubToken = () => `ghp_${random(36).slice(0, 36)}`;

const canaries: Canary[] = [];
function plant(what: string, value: string): string {
  canaries.push({ what, value });
  return value;
}

const lines: string[] = [];
let folder: string;
let running: EmbeddedSystem | undefined;
let system: Pick<System, "endpoints" | "api" | "data_dir">;

async function start(more: Record<string, string>): Promise<SystemEndpoints> {
  const data_dir = join(folder, "data");
  const env = {
    ...process.env,
    INFRASKILL_DATA_DIR: data_dir,
    GATEWAY_PORT: "0",
    LOCAL_GITHUB_PORT: "0",
    CALLBACK_MODE: "hmac",
    LOG_LEVEL: "debug",
    ...more,
  };
  running = new EmbeddedSystem(readOptions([], env, root), {
    root,
    env,
    colour: false,
    print: () => undefined,
    onLine: (name, line) => void lines.push(`${name}: ${line}`),
  });
  const endpoints = await running.start();
  const authorization = `Bearer ${endpoints.admin_token}`;
  const api = createClient(publicEndpoints, { base_url: endpoints.gateway_url, headers: { authorization } });
  system = { endpoints, api, data_dir };
  return endpoints;
}

/** What the local GitHub is told below /_local. */
async function local<T>(method: string, path: string, body: object): Promise<T> {
  const { github_url, github_token } = system.endpoints;
  const answer = await fetch(`${github_url}/_local${path}`, {
    method,
    headers: { authorization: `Bearer ${github_token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

const callback_secret = plant("the secret that runs sign with", randomBytes(32).toString("hex"));
const deploy_key = plant("a secret of the repository that a run prints", `deploy-${random(30)}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-canaries-"));
  const given = {
    ADMIN_TOKEN: plant("the first admin token", `isk_${randomBytes(32).toString("base64url")}`),
    REGISTRY_TOKEN: plant("the token between the services", random(32)),
    GITHUB_WEBHOOK_SECRET: plant("the webhook secret", random(32)),
    LOCAL_GITHUB_TOKEN: plant("the GitHub token of infraskill", githubToken()),
    CALLBACK_SECRET: callback_secret,
  };
  await start(given);
  type App = { app_id: number; private_key: string; client_secret: string };
  const app = await local<App>("POST", "/apps", { slug: "infraskill", account: "local" });
  plant("the App's private key", app.private_key.split("\n")[3] ?? "");
  plant("the App's client secret", app.client_secret);
  const secrets = { INFRASKILL_CALLBACK_SECRET: callback_secret, DEPLOY_KEY: deploy_key };
  await local("PUT", `/repositories/${system.endpoints.repository}/settings`, { secrets });
  await running?.stop();
  const endpoints = await start({
    ...given,
    GITHUB_APP_ID: String(app.app_id),
    GITHUB_APP_PRIVATE_KEY: app.private_key,
  });
  plant("the database's password", new URL(endpoints.database_url).password);
});
afterAll(async () => {
  await running?.stop();
  await rm(folder, { recursive: true, force: true });
});

type CallOptions = { as?: string; body?: unknown; headers?: Record<string, string> };

const seen: Place[] = [];
/** A call whose answer is looked into as well, unless it is meant to show a secret. */
async function call(method: string, path: string, { as, body, headers = {} }: CallOptions = {}): Promise<Response> {
  const answer = await fetch(system.endpoints.gateway_url + path, {
    method,
    headers: {
      authorization: as ?? `Bearer ${system.endpoints.admin_token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  seen.push(await readAnswer(`${method} ${path.split("?")[0]}`, answer.clone()));
  return answer;
}

/** Everybody who has a credential uses it, and many who have none try. */
async function usePeoplesCredentials(): Promise<void> {
  const { gateway_url } = system.endpoints;
  const make = (name: string, role: "viewer" | "operator") => must(system.api.createToken({ body: { name, role } }));
  const viewer = await make("a viewer", "viewer");
  const gone = await make("somebody who left", "operator");
  plant("an API token", viewer.token);
  plant("a revoked API token", gone.token);
  await call("GET", "/api/me", { as: `Bearer ${viewer.token}` });
  await call("POST", "/api/skills/create", { as: `Bearer ${viewer.token}`, body: draft("never") });
  await must(system.api.revokeToken({ params: { id: gone.id } }));
  expect((await call("GET", "/api/me", { as: `Bearer ${gone.token}` })).status).toBe(401);
  await call("GET", "/api/me", { as: `Bearer ${plant("a token nobody made", `isk_${random(40)}`)}` });
  await call("GET", "/ops/queues", { as: `Basic ${btoa(`ada:${plant("a password nobody has", random(40))}`)}` });
  const signIn = (token: string) =>
    fetch(`${gateway_url}/api/session`, {
      method: "POST",
      headers: { origin: gateway_url, "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
  const cookie = (await signIn(viewer.token)).headers.get("set-cookie")?.split(";")[0] ?? "";
  plant("a session", cookie.split("=")[1] ?? "");
  expect((await fetch(`${gateway_url}/api/me`, { headers: { cookie } })).status).toBe(200);
  await signIn(plant("a token that cannot sign in", `isk_${random(43)}`));
  await call("GET", `/api/skills?access_token=${plant("a token in an address", githubToken())}`);
  await call("GET", `/api/skills/${plant("a token as a path", githubToken())}`);
  await call("POST", "/api/skills/validate", {
    body: `{"yaml_content": "${plant("a token in bad JSON", githubToken())}`,
  });
  const literal = plant("a token in a file that is checked", githubToken());
  await call("POST", "/api/skills/validate", {
    body: { ...draft("checked"), commands: undefined, yaml_content: `name: checked\non: push\njobs: ${literal}\n` },
  });
}

/** Whoever has no part in it says something to the gateway. */
async function forge(execution_id: string): Promise<void> {
  const leaked = plant("a token in a webhook that is forged", githubToken());
  await call("POST", "/webhooks/github", {
    body: { action: "closed", token: leaked },
    headers: {
      "x-github-event": "pull_request",
      "x-github-delivery": crypto.randomUUID(),
      "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
    },
  });
  const jwt = `eyJ${random(40)}.eyJ${random(60)}.${random(40)}`;
  const report = {
    execution_id,
    status: "success",
    outputs: { said: plant("an output that is forged", githubToken()) },
    logs_url: "",
  };
  await call("POST", "/api/skills/callback", { as: `Bearer ${plant("a run's token", jwt)}`, body: report });
  await call("POST", "/api/skills/callback", {
    body: report,
    headers: {
      "x-infraskill-signature-256": `sha256=${"0".repeat(64)}`,
      "x-infraskill-timestamp": String(Math.floor(Date.now() / 1_000)),
      "x-infraskill-run": JSON.stringify({ run_id: plant("a token in a run's facts", githubToken()) }),
    },
  });
}

/** A skill that prints a secret of the repository, and one it made itself, and hands both on as outputs. */
const leaky = draft("leaky", {
  outputs_schema: { type: "object", properties: { said: { type: "string" }, key: { type: "string" } } },
  commands: [
    {
      name: "Leak",
      run: [
        'echo "the key is $DEPLOY_KEY"',
        'made="ghp"; made="${made}_$MESSAGE"',
        'echo "made $made" && echo "::notice::made $made"',
        'echo "said=$made" >>"$GITHUB_OUTPUT"',
        'echo "key=$DEPLOY_KEY" >>"$GITHUB_OUTPUT"',
      ].join("\n"),
    },
  ],
});

it("no secret is in a log, in Redis, in an answer or on a page, after the main job and its failures", async () => {
  const { endpoints, api } = system;
  await usePeoplesCredentials();

  const rendered = await must(api.renderSkill({ body: leaky as never }));
  const yaml_content = rendered.yaml_content.replace(
    /^( *)MESSAGE: .*$/m,
    (line, indent: string) => `${line}\n${indent}DEPLOY_KEY: \${{ secrets.DEPLOY_KEY }}`,
  );
  expect(yaml_content).toContain("secrets.DEPLOY_KEY");
  const { commands: _commands, ...described } = leaky;
  await makeActive(system, { ...described, yaml_content });

  const made = githubToken();
  plant("a token that a run made", made);
  const execution_id = await execute(system, "leaky", { message: made.slice(4) });
  const ended = await waitForEnd(system, execution_id);
  expect(ended).toMatchObject({
    status: "succeeded",
    outputs: { said: "[redacted]" },
  });
  await forge(execution_id);
  const refused = await call("POST", "/api/skills/leaky/execute", {
    body: { inputs: { message: plant("a token as an input", githubToken()) } },
  });
  expect(refused.status).toBe(422);
  const task = {
    description: "",
    user_request: "",
    inputs: { login: plant("a token as a task's input", githubToken()) },
  };
  expect(
    (
      await call("POST", "/api/tasks", {
        body: { ...task, skills_sequence: ["leaky"], step_inputs: [{ message: "x" }] },
      })
    ).status,
  ).toBe(422);

  // GitHub refuses and answers nonsense, both servers die, and everything comes back.
  await local("POST", "/faults", { kind: "status", status: 422, method: "POST", path: "/dispatches$", times: 1 });
  await local("POST", "/faults", { kind: "garbage", when: "after", method: "POST", path: "/git/trees$", times: 1 });
  const failing = await execute(system, "leaky", { message: "short" });
  await must(api.createSkill({ body: draft("made-meanwhile") }));
  const failed = async () => (await must(api.getExecution({ params: { execution_id: failing } }))).status === "failed";
  await until(failed, { what: "the refused execution" });
  for (const name of ["redis", "postgres"])
    process.kill(readEndpoints(system.data_dir)?.processes[name] ?? 0, "SIGKILL");
  await until(async () => (await call("GET", "/api/skills")).status === 503, { what: "an outage" });
  await call("GET", "/readyz");
  await until(async () => (await call("GET", "/readyz")).status === 200, {
    timeout_ms: 30_000,
    what: "the end of the outage",
  });

  const browser = await startBrowser(system);
  const places: Place[] = [...seen, ...lines.map((text) => ({ where: text.slice(0, 300), text }))];
  try {
    for (const path of ["/skills/leaky?tab=yaml", `/executions/${execution_id}`, "/ops"]) {
      const page = await browser.open(path);
      await page.locator("h1").first().waitFor({ state: "attached" });
      await page.locator("[aria-label^=Loading], .skeleton").first().waitFor({ state: "detached" });
      const stored = String(
        await page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"),
      );
      places.push({ where: `the page ${path}`, text: `${await page.content()}\n${stored}` });
      await page.context().close();
    }
  } finally {
    await browser.stop();
  }
  const redis = connectRedis(endpoints.redis_url, {
    role: "worker",
    log: createLogger({ service: "test", level: "silent" }),
  });
  const kept = await readRedis(redis).finally(() => redis.disconnect());
  expect(kept.length).toBeGreaterThan(10);
  const tasks = await must(api.listTasks({ query: {} }));
  const executions = await must(api.listExecutions({ query: {} }));
  const skills = await must(api.listSkills({ query: {} }));
  const paths = readingPaths({
    execution_id: executions.items.map((one) => one.execution_id),
    skill: skills.items.map(({ name }) => name),
    task: tasks.items.map(({ id }) => id),
  });
  const answers: Place[] = [];
  for (const path of paths) {
    const answer = await fetch(endpoints.gateway_url + path, {
      headers: { authorization: `Bearer ${endpoints.admin_token}` },
    });
    expect([path, answer.status]).toEqual([path, 200]);
    answers.push(await readAnswer(path, answer));
  }

  for (const server of ["postgres", "redis"]) {
    const log = await readFile(join(system.data_dir, server, `${server}.log`), "utf8");
    places.push({ where: `the log of ${server}`, text: log });
    expect(log.length).toBeGreaterThan(100);
  }
  for (const name of ["gateway", "skill-registry", "validator", "github-worker", "executor"])
    expect([name, lines.filter((line) => line.startsWith(`${name}: `)).length > 2]).toEqual([name, true]);
  expect(canaries.length).toBeGreaterThanOrEqual(20);
  expect(canaries.filter(({ value }) => value.length < 16)).toEqual([]);
  const found = [...places, ...kept, ...answers].flatMap(({ where, text }) =>
    canariesIn(canaries, text, { shaped: true }).map((what) => `${what}, in ${where}`),
  );
  expect(found).toEqual([]);
});
