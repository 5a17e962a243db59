import type { Github } from "@infraskill/github/github";
import { attempt, type Failure, type Outcome } from "@infraskill/github/outcome";
import { type FailedDelivery, redeliverable_ms } from "./choose-redeliveries.ts";

/** As octokit types it: any id of GitHub may be a bigint. */
type Page = Outcome<readonly (Omit<FailedDelivery, "id"> & { readonly id: number | bigint })[]>;

/** One webhook that leads to infraskill: the App's own, or one of the repository. */
export type Hook = {
  readonly listFailed: (cursor: string | undefined) => Promise<Page>;
  readonly redeliver: (delivery_id: number) => Promise<Outcome<unknown>>;
};

/** Of a hook's URL: where the gateway takes webhooks. */
const webhook_path = "/webhooks/github";
const most_pages = 30;

export function appHook({ octokit }: Github): Hook {
  return {
    listFailed: (cursor) => attempt(() => octokit.request("GET /app/hook/deliveries", pageAt(cursor))),
    redeliver: (delivery_id) =>
      attempt(() => octokit.request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id })),
  };
}

/** The repository's hooks that lead to a gateway. Listing them needs the permission Webhooks: read, asking again needs write. */
export async function repositoryHooks({
  octokit,
  repository,
}: Github): Promise<{ kind: "ok"; hooks: Hook[] } | Failure> {
  const answer = await attempt(() =>
    octokit.request("GET /repos/{owner}/{repo}/hooks", { ...repository, per_page: 100 }),
  );
  if (answer.kind !== "ok") return answer;
  const ours = answer.data.filter(({ active, config }) => active && leadsHere(config.url));
  const deliveries = "/repos/{owner}/{repo}/hooks/{hook_id}/deliveries";
  const hooks = ours.map(({ id: hook_id }): Hook => ({
    listFailed: (cursor) =>
      attempt(() => octokit.request(`GET ${deliveries}`, { ...repository, hook_id, ...pageAt(cursor) })),
    redeliver: (delivery_id) =>
      attempt(() =>
        octokit.request(`POST ${deliveries}/{delivery_id}/attempts`, { ...repository, hook_id, delivery_id }),
      ),
  }));
  return { kind: "ok", hooks };
}

/** All failed deliveries that GitHub can still send again, newest first. */
export async function listFailed(
  hook: Hook,
  now_ms: number,
): Promise<{ kind: "ok"; failed: FailedDelivery[] } | Failure> {
  const failed: FailedDelivery[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < most_pages; page += 1) {
    const answer = await hook.listFailed(cursor);
    if (answer.kind !== "ok") return answer;
    failed.push(...answer.data.map((delivery) => ({ ...delivery, id: Number(delivery.id) })));
    cursor = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="next"/.exec(String(answer.headers["link"] ?? ""))?.[1];
    const oldest = answer.data.at(-1);
    if (cursor === undefined || oldest === undefined) break;
    if (now_ms - Date.parse(oldest.delivered_at) > redeliverable_ms) break;
  }
  return { kind: "ok", failed };
}

function pageAt(cursor: string | undefined) {
  return { per_page: 100, status: "failure", ...(cursor === undefined ? {} : { cursor }) } as const;
}

function leadsHere(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && new URL(url).pathname.endsWith(webhook_path);
}
