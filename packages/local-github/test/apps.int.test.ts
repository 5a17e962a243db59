import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { owner, repo, startWorld, checkedFetch, type World } from "./support/start.ts";
import { commitFiles, openPull, refusalOf } from "./support/work.ts";

const place = { owner, repo };
let world: World;
let app: { app_id: number; client_id: string; client_secret: string; installation_id: number; private_key: string };

beforeAll(async () => {
  world = await startWorld();
  app = (await world.admin("POST", "/apps", {
    slug: "infraskill",
    account: owner,
    redirect_uris: ["http://127.0.0.1:9/callback"],
    webhook_url: world.receiver.url,
    webhook_secret: "It's a Secret to Everybody",
  })) as typeof app;
});
afterAll(() => world[Symbol.asyncDispose]());

const asApp = (extra: Record<string, unknown> = {}) =>
  new Octokit({
    authStrategy: createAppAuth,
    auth: { appId: app.app_id, privateKey: app.private_key, ...extra },
    baseUrl: world.github.api_url,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    request: { fetch: checkedFetch(world.github.api_url, world.faults) },
  });

test("an App proves itself, finds its installation and works with a token of it", async () => {
  const octokit = asApp();
  expect((await octokit.apps.getAuthenticated()).data).toMatchObject({ id: app.app_id, slug: "infraskill" });
  const found = (await octokit.apps.getRepoInstallation(place)).data;
  expect(found.id).toBe(app.installation_id);
  const token = (await octokit.apps.createInstallationAccessToken({ installation_id: found.id })).data;
  expect(token.token).toMatch(new RegExp(`^ghs_${app.app_id}_ey`));
  expect(token.token.length).toBeGreaterThan(200);
  expect(Date.parse(token.expires_at) - Date.now()).toBeGreaterThan(3_500_000);
  const installed = asApp({ installationId: app.installation_id });
  const listed = (await installed.apps.listReposAccessibleToInstallation()).data;
  expect(listed.repositories.map(({ full_name }) => full_name)).toEqual(["acme/ops"]);
  const pull = await openPull(installed, "by-app", {
    ".github/workflows/a.yml": "on: workflow_dispatch\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: true}]}}\n",
  });
  expect(pull.user.login).toBe("infraskill[bot]");
  await installed.pulls.merge({ ...place, pull_number: pull.number });
  expect(await refusalOf(installed.users.getAuthenticated())).toMatchObject({ status: 403 });
});

test("what the installation was not granted is refused with the permission that is missing", async () => {
  const octokit = asApp();
  const { data } = await octokit.apps.createInstallationAccessToken({
    installation_id: app.installation_id,
    permissions: { contents: "read" },
    repositories: ["ops"],
  });
  const narrow = world.as(data.token);
  expect((await narrow.repos.get(place)).data.name).toBe("ops");
  const refused = await narrow.pulls.list(place).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    status: 403,
    response: { headers: { "x-accepted-github-permissions": "pull_requests=read" } },
  });
  expect(await refusalOf(narrow.git.createBlob({ ...place, content: "x" }))).toEqual({
    status: 403,
    message: "Resource not accessible by integration",
  });
  const without_workflows = await world.tokenFor("ada", { contents: "write" });
  const write = commitFiles(world.as(without_workflows), "sneaky", { ".github/workflows/b.yml": "on: push\n" });
  expect(await refusalOf(write)).toEqual({ status: 403, message: "Resource not accessible by personal access token" });
  expect(
    await refusalOf(
      octokit.apps.createInstallationAccessToken({
        installation_id: app.installation_id,
        permissions: { secrets: "write" },
      }),
    ),
  ).toMatchObject({ status: 422 });
});

test("wrong, missing and expired credentials are told apart", async () => {
  expect(await refusalOf(world.as("ghp_wrong").repos.get(place))).toEqual({ status: 401, message: "Bad credentials" });
  expect(await refusalOf(world.as(undefined).repos.get(place))).toEqual({ status: 404, message: "Not Found" });
  expect(await refusalOf(world.as(undefined).users.getAuthenticated())).toEqual({
    status: 401,
    message: "Requires authentication",
  });
  const { token } = (await world.admin("POST", "/tokens", { login: "ada", expires_at: "2020-01-01T00:00:00Z" })) as {
    token: string;
  };
  expect(await refusalOf(world.as(token).repos.get(place))).toEqual({ status: 401, message: "Bad credentials" });
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${part({ alg: "none" })}.${part({ iss: app.app_id, iat: 0, exp: 9_999_999_999 })}.x`;
  expect(await refusalOf(world.as(unsigned).apps.getAuthenticated())).toEqual({
    status: 401,
    message: "Bad credentials",
  });
});

test("an App hears of events at its installations and can look at its deliveries", async () => {
  const sha = await commitFiles(world.octokit, "heard", { "h.txt": "1" });
  const isMine = ({ payload }: { payload: Record<string, unknown> }) =>
    payload["after"] === sha && payload["installation"] !== undefined;
  const heard = await world.receiver.waitFor("push", isMine);
  expect(heard.payload["installation"]).toMatchObject({ id: app.installation_id });
  expect(heard.headers["x-github-hook-installation-target-type"]).toBe("integration");
  const octokit = asApp();
  await eventually(async () => {
    const { data } = await octokit.apps.listWebhookDeliveries();
    expect(data.map(({ guid }) => guid)).toContain(heard.guid);
  });
});

test("a person logs in through an App's page", async () => {
  const { url } = world.github;
  const verifier = "v".repeat(50);
  const challenge = Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))).toString(
    "base64url",
  );
  const redirect_uri = "http://127.0.0.1:9/callback";
  const query = new URLSearchParams({
    client_id: app.client_id,
    redirect_uri,
    state: "s1",
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
  const page = await fetch(`${url}/login/oauth/authorize?${query.toString()}`);
  expect(await page.text()).toContain("Authorize infraskill");
  const form = new URLSearchParams({
    client_id: app.client_id,
    redirect_uri,
    state: "s1",
    code_challenge: challenge,
    login: "grace",
    decision: "authorize",
  });
  const post = (origin: string) =>
    fetch(`${url}/login/oauth/authorize`, { method: "POST", body: form, redirect: "manual", headers: { origin } });
  expect((await post("http://evil.example")).status).toBe(403);
  const back = new URL((await post(url)).headers.get("location") ?? "");
  expect(back.searchParams.get("state")).toBe("s1");
  const exchange = async (code: string, code_verifier: string) => {
    const fields = { client_id: app.client_id, client_secret: app.client_secret, code, code_verifier };
    const response = await fetch(`${url}/login/oauth/access_token`, {
      method: "POST",
      body: JSON.stringify(fields),
      headers: { accept: "application/json", "content-type": "application/json" },
    });
    return (await response.json()) as Record<string, string>;
  };
  const code = back.searchParams.get("code") ?? "";
  const granted = await exchange(code, verifier);
  expect((await world.as(granted["access_token"]).users.getAuthenticated()).data.login).toBe("grace");
  expect((await exchange(code, verifier))["error"]).toBe("bad_verification_code");
  const elsewhere = new URLSearchParams({ client_id: app.client_id, redirect_uri: "http://evil.example/callback" });
  expect((await fetch(`${url}/login/oauth/authorize?${elsewhere.toString()}`)).status).toBe(400);
});

test("every answer and every event fits GitHub's description", () => {
  expect(world.faults).toEqual([]);
  expect(world.receiver.faults).toEqual([]);
});
