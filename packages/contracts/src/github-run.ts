import { z } from "zod";
import { toStorableText } from "./text.ts";
import { RunConclusion, type RunFacts } from "./worker-events.ts";

/**
 * A workflow run as GitHub writes it, in webhooks and in its API, read as `RunFacts`. Lenient: recorded answers often miss GitHub's own schema.
 * A `path` may carry the ref (`…/x.yml@main`); a conclusion nobody knows yet counts as a failure, never as a success.
 * https://docs.github.com/rest/actions/workflow-runs
 */
export const GithubRun = z
  .object({
    id: z.number().int(),
    run_attempt: z.number().int().min(1).nullish(),
    html_url: z.string().nullish(),
    head_sha: z.string().regex(/^[0-9a-f]{40}$/),
    path: z.string().nullish(),
    display_title: z.string().nullish(),
    status: z.string().nullish(),
    conclusion: RunConclusion.nullish().catch("failure"),
  })
  .transform((run): RunFacts => ({
    run_id: run.id,
    run_attempt: run.run_attempt ?? 1,
    run_url: toStorableText(run.html_url ?? "", 2_000),
    head_sha: run.head_sha,
    path: toStorableText((run.path ?? "").replace(/@.*$/s, ""), 500),
    display_title: toStorableText(run.display_title ?? "", 2_000),
    status: toStorableText(run.status ?? "", 60),
    conclusion: run.conclusion ?? null,
  }));
