import { z } from "zod";
import type { SystemEndpoints } from "../start/endpoints-file.ts";

export const LedgerEntry = z.object({
  id: z.number(),
  kind: z.string(),
  run_id: z.number().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;
const LedgerPage = z.object({
  entries: z.array(LedgerEntry),
  next: z.number().nullable(),
  totals: z.record(z.string(), z.number()),
});

type Where = Pick<SystemEndpoints, "github_url" | "github_token">;

/** Sets the local GitHub's faults, drawn from `seed`; an empty list is calm. */
export async function setFaults(github: Where, seed: number, faults: readonly object[]): Promise<void> {
  await call(github, "DELETE", "/faults");
  await call(github, "POST", "/faults/seed", { seed });
  for (const fault of faults) await call(github, "POST", "/faults", fault);
}

/** Lets the webhook tell what docs/operations.md says it has to, and nothing else. */
export async function narrowWebhook(github: Repository): Promise<void> {
  const [hook] = z.array(z.object({ id: z.number() })).parse((await ask(github, "GET", "/hooks")).body);
  const events = ["pull_request", "push", "workflow_run"];
  const { status } = await ask(github, "PATCH", `/hooks/${hook?.id}`, { events });
  if (status !== 200) throw new Error(`narrowing the webhook answered ${status}`);
}

/** @returns whether it is merged now */
export async function mergePull(number: number, github: Repository): Promise<boolean> {
  return (await ask(github, "PUT", `/pulls/${number}/merge`, { merge_method: "merge" })).status === 200;
}

/** Every pull request of a branch, whatever became of it. */
export async function listPulls(github: Repository, branch: string) {
  const { body } = await ask(github, "GET", `/pulls?state=all&head=${github.repository.split("/")[0]}:${branch}`);
  return z.array(z.object({ merge_commit_sha: z.string().nullable() })).parse(body);
}

/** The commit a ref is at. */
export async function readRef(github: Repository, ref: string): Promise<string | undefined> {
  const { status, body } = await ask(github, "GET", `/git/ref/${ref}`);
  return status === 200 ? z.object({ object: z.object({ sha: z.string() }) }).parse(body).object.sha : undefined;
}

type Repository = Pick<SystemEndpoints, "github_api_url" | "github_token" | "repository">;

async function ask(
  { github_api_url, github_token, repository }: Repository,
  method: string,
  path: string,
  body?: object,
) {
  const answer = await fetch(`${github_api_url}/repos/${repository}${path}`, {
    method,
    headers: { authorization: `Bearer ${github_token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const body_of_answer: unknown = await answer.json();
  return { status: answer.status, body: body_of_answer };
}

/** What the local GitHub did, whatever the programs under test believe. */
export async function readLedger(
  github: Where,
  kinds: readonly string[],
): Promise<{ entries: LedgerEntry[]; totals: Record<string, number> }> {
  const entries: LedgerEntry[] = [];
  let totals: Record<string, number> = {};
  for (const kind of kinds) {
    for (let after: number | null = 0; after !== null;) {
      const page: z.infer<typeof LedgerPage> = LedgerPage.parse(
        await call(github, "GET", `/ledger?kind=${kind}&after=${after}`),
      );
      entries.push(...page.entries);
      totals = page.totals;
      after = page.next;
    }
  }
  return { entries, totals };
}

async function call(github: Where, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${github.github_url}/_local${path}`, {
    method,
    headers: {
      authorization: `Bearer ${github.github_token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
