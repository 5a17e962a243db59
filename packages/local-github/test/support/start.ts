import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Octokit } from "@octokit/rest";
import { startLocalGithub, type LocalGithub } from "../../src/server.ts";
import type { LocalGithubConfig } from "../../src/config.ts";
import { faultsOfAnswer } from "./description.ts";
import { startReceiver, type Receiver } from "./receiver.ts";

export const token = "ghp_test";
export const secret = "It's a Secret to Everybody";
export const owner = "acme";
export const repo = "ops";

export type World = {
  github: LocalGithub;
  octokit: Octokit;
  receiver: Receiver;
  /** Everything an answer had wrong so far; a test ends with it empty. */
  faults: string[];
  as(auth: string | undefined): Octokit;
  /** A token of another person, with everything allowed or with these permissions. */
  tokenFor(login: string, permissions?: Record<string, string>): Promise<string>;
  /** Calls the server's own API below /_local. */
  admin(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  restart(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A local GitHub with one repository, a hook that is listened to, and a client whose every answer is checked. */
export async function startWorld(config: Partial<LocalGithubConfig> = {}): Promise<World> {
  const data_dir = mkdtempSync(join(tmpdir(), "local-github-"));
  const receiver = await startReceiver(secret);
  const whole: LocalGithubConfig = {
    port: 0,
    host: "127.0.0.1",
    data_dir,
    token,
    login: "octocat",
    repository: `${owner}/${repo}`,
    webhook_url: receiver.url,
    webhook_secret: secret,
    ...config,
  };
  const faults: string[] = [];
  const world: World = {
    github: await startLocalGithub(whole),
    receiver,
    faults,
    as: (auth: string | undefined) => connect(world.github.api_url, auth, faults),
    octokit: undefined as unknown as Octokit,
    admin: async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${world.github.url}/_local${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
      return answer;
    },
    tokenFor: async (login: string, permissions?: Record<string, string>) =>
      String((await world.admin("POST", "/tokens", { login, permissions }))["token"]),
    restart: async () => {
      await world.github.close();
      world.github = await startLocalGithub(whole);
      world.octokit = world.as(token);
    },
    [Symbol.asyncDispose]: async () => {
      await world.github.close();
      await receiver.close();
      rmSync(data_dir, { recursive: true, force: true });
    },
  };
  world.octokit = world.as(token);
  return world;
}

function connect(baseUrl: string, auth: string | undefined, faults: string[]): Octokit {
  return new Octokit({
    baseUrl,
    ...(auth === undefined ? {} : { auth }),
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    request: { fetch: checkedFetch(baseUrl, faults) },
  });
}

/** fetch that holds every answer of the API against GitHub's description. */
export function checkedFetch(base_url: string, faults: string[]): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const url = new URL(input instanceof Request ? input.url : String(input));
    const type = response.headers.get("content-type") ?? "";
    if (!response.redirected && url.href.startsWith(base_url)) {
      const text = await response.clone().text();
      const pathname = decodeURIComponent(url.pathname.slice(new URL(base_url).pathname.length));
      const body: unknown = type.includes("json") && text !== "" ? JSON.parse(text) : text;
      const version = response.headers.get("x-github-api-version-selected") ?? undefined;
      faults.push(...faultsOfAnswer(init?.method ?? "GET", pathname, response.status, type, body, version));
      for (const header of ["x-github-request-id", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"]) {
        if (!response.headers.has(header)) faults.push(`${url.pathname}: no header ${header}`);
      }
    }
    return response;
  };
}
