import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import { createFetch } from "@infraskill/github/fetch";
import type { Github } from "@infraskill/github/github";
import { attempt, type Outcome } from "@infraskill/github/outcome";
import { dispatchInputs } from "@infraskill/workflow/schema/inputs";
import { fileNameOf } from "../runs/find-run.ts";

/** Throttling, a token to be had first or a stopped process may hold the request back; after this long nothing is sent any more. */
const SEND_WITHIN_MS = 5_000;
const ANSWER_WITHIN_MS = 15_000;

export type Sending = {
  /** Asks GitHub for the run's id in the answer; Enterprise Servers before 3.21 refuse that. */
  readonly with_details: boolean;
  readonly callback_url: string;
  /** `performance.now()` from before the registry was asked whether to send. */
  readonly asked_at: number;
};

/** Asks GitHub to start the execution's run: one request, never repeated. `sent` is false when it surely did not leave this process. */
export async function sendDispatch(
  { octokit, repository }: Github,
  work: ExecutionWork,
  { with_details, callback_url, asked_at }: Sending,
): Promise<{ outcome: Outcome<unknown>; sent: boolean }> {
  const { execution_id } = work;
  const send = createFetch(ANSWER_WITHIN_MS);
  let sent = false;
  const outcome = await attempt<unknown>(() =>
    octokit.request("POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches", {
      ...repository,
      workflow_id: fileNameOf(work.github_path),
      ref: work.ref,
      inputs: { ...dispatchInputs(work.inputs_schema, work.inputs), execution_id, callback_url },
      ...(with_details ? { return_run_details: true } : {}),
      request: {
        retries: 0,
        fetch: ((input, init) => {
          if (performance.now() - asked_at >= SEND_WITHIN_MS) throw new Error("Held back too long");
          sent = true;
          return send(input, init);
        }) satisfies typeof fetch,
      },
    }),
  );
  return { outcome, sent };
}
