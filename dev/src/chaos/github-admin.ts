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
