import { runStep } from "../step/run-step.ts";
import type { Frame } from "../step/frame.ts";
import { addPostSteps, beginStep, endStep } from "./step-records.ts";

/**
 * Runs a job's steps and then the `post` steps its actions asked for, last in first out.
 * @param ready false where the job could not be set up: all steps are skipped
 */
export async function runSteps(frame: Frame, ready: boolean): Promise<void> {
  const { session } = frame;
  for (const [at, model] of session.model.steps.entries()) {
    const record = session.record.steps[at + 1];
    if (record === undefined) continue;
    frame.step = record;
    const conclusion = ready ? await runStep(frame, model, (name) => void beginStep(session, at + 1, name)) : "skipped";
    endStep(session, record, conclusion);
  }
  const posts = session.posts.toReversed();
  const records = addPostSteps(
    session,
    posts.map((post) => post.name),
  );
  for (const [at, post] of posts.entries()) {
    const record = records[at];
    if (record === undefined) continue;
    beginStep(session, record.number - 1);
    const conclusion = await post.run(record);
    if (conclusion === "failure") frame.status = "failure";
    endStep(session, record, conclusion);
  }
}
