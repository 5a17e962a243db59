import type { Frame } from "../step/frame.ts";
import type { StepConclusion, StepRecord } from "../types.ts";
import type { PreStep } from "./pre-steps.ts";
import type { PostStep } from "./session.ts";
import { beginStep, endStep, insertSteps } from "./step-records.ts";

/**
 * Runs a job's steps: what actions want before, the steps themselves, and what actions asked to be done after, last in
 * first out.
 * @param ready false where the job could not be set up: all steps are skipped
 */
export async function runSteps(frame: Frame, ready: boolean, pres: readonly PreStep[]): Promise<void> {
  const { session } = frame;
  const mains = session.record.steps.slice(1, -1);
  const before = insertSteps(
    session,
    1,
    pres.map((pre) => `Pre ${pre.name}`),
  );
  for (const [at, pre] of pres.entries()) await runExtra(frame, before[at], pre.run);
  for (const [at, model] of session.model.steps.entries()) {
    const record = mains[at];
    if (record === undefined) continue;
    frame.step = record;
    const conclusion = ready
      ? await frame.runStep(frame, model, (name) => beginStep(session, record, name))
      : "skipped";
    endStep(session, record, conclusion);
  }
  const groups = groupByOwner(session.posts).toReversed();
  const after = insertSteps(
    session,
    session.record.steps.length - 1,
    groups.map(([owner]) => `Post ${owner.name}`),
  );
  for (const [at, [, posts]] of groups.entries()) {
    await runExtra(frame, after[at], async (record) => {
      const conclusions: StepConclusion[] = [];
      for (const post of posts.toReversed()) conclusions.push(await post.run(record));
      if (conclusions.includes("failure")) return "failure";
      return conclusions.every((conclusion) => conclusion === "skipped") ? "skipped" : "success";
    });
  }
}

async function runExtra(
  frame: Frame,
  record: StepRecord | undefined,
  run: (record: StepRecord) => Promise<StepConclusion>,
): Promise<void> {
  if (record === undefined) return;
  frame.step = record;
  beginStep(frame.session, record);
  const ended = frame.session.end.signal.aborted || frame.session.run.kill.aborted;
  const conclusion = ended ? "skipped" : await run(record);
  if (conclusion === "failure") frame.status = "failure";
  endStep(frame.session, record, conclusion);
}

function groupByOwner(posts: readonly PostStep[]): [StepRecord, PostStep[]][] {
  const groups = new Map<StepRecord, PostStep[]>();
  for (const post of posts) groups.set(post.owner, [...(groups.get(post.owner) ?? []), post]);
  return [...groups];
}
