import type { Job } from "@infraskill/contracts/queues";
import type { FieldError } from "@infraskill/contracts/problem";
import type { Task, TaskRequest } from "@infraskill/contracts/task";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { checkTaskInputs, type InputStep } from "@infraskill/workflow/evaluate/task-inputs";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import { isRefusedByConstraint } from "../database/errors.ts";
import { recordAudit } from "../audit/store.ts";
import { jobsOf } from "../executions/owed-by.ts";
import { listQueued } from "../executions/store.ts";
import { keepFirstAnswer, takeIdempotencyKey } from "../idempotency/store.ts";
import { proceed } from "./proceed.ts";
import { readView } from "./read-view.ts";
import { activeRevisions, findTask, insertSteps, insertTask, listSteps } from "./store.ts";

export type TaskOrder = {
  /** The id it gets; an order that comes again with it is answered with what was made. Drawn when absent. */
  id?: string | undefined;
  actor: string;
  idempotency_key?: string | undefined;
  task: TaskRequest;
};

/** The task as whoever ordered it is told. */
type Ordered = { task: Task; jobs: Job[] };

/**
 * Accepts a task: every step is pinned to its skill's active revision and the first one's execution exists, in one transaction. What could not work
 * is refused with a pointer each, and nothing is made.
 */
export async function createTask(context: Context, order: TaskOrder): Promise<Ordered> {
  try {
    return await makeTask(context, order);
  } catch (error) {
    const { id } = order;
    const made = id !== undefined && isRefusedByConstraint(error) ? await findTask(context.db, id) : undefined;
    if (made === undefined) throw error;
    return { task: await readView(context.db, made), jobs: await queuedJobs(context.db, made.id) };
  }
}

async function makeTask(context: Context, order: TaskOrder): Promise<Ordered> {
  const { db, newId } = context;
  const { actor, idempotency_key, task: request } = order;
  return db.transaction().execute(async (trx) => {
    const id = order.id ?? newId();
    const keyed = { actor, operation: "create task", key: idempotency_key, body: request, made_id: id };
    const first = await takeIdempotencyKey<Task>(trx, keyed);
    if (first !== undefined) {
      const { made_id, answer } = first;
      const made = await findTask(trx, made_id);
      if (made === undefined) throw new Error(`task ${made_id} is gone`);
      const jobs = made_id === order.id ? await queuedJobs(trx, made_id) : [];
      return { task: answer ?? (await readView(trx, made)), jobs };
    }

    const steps = await pinSteps(trx, request);
    const task = await insertTask(trx, {
      id,
      description: request.description,
      user_request: request.user_request,
      skills_sequence: request.skills_sequence,
      status: "running",
      inputs: JSON.stringify(request.inputs),
      requested_by: actor,
    });
    await insertSteps(
      trx,
      steps.map((step, index) => ({
        task_id: id,
        index,
        skill_name: step.skill_name,
        revision_id: step.revision_id,
        finally: index >= request.skills_sequence.length,
        given: JSON.stringify(step.inputs),
        inputs: JSON.stringify(step.inputs),
      })),
    );
    await recordAudit(trx, {
      actor,
      kind: "task",
      object_id: id,
      action: "requested",
      from_status: null,
      to_status: task.status,
      version: task.version,
      live_status: task.status,
      detail: { skills_sequence: request.skills_sequence },
    });
    const proceeded = await proceed(trx, task, await listSteps(trx, [id]), { actor }, context);
    if (proceeded.refused.length > 0) throw refused(proceeded.refused);
    const told = await readView(trx, proceeded.task);
    await keepFirstAnswer(trx, keyed, told);
    return { task: told, jobs: proceeded.jobs };
  });
}

/** What its step that waits for its dispatch owes. */
async function queuedJobs(db: Db, task_id: string): Promise<Job[]> {
  return (await listQueued(db, task_id)).flatMap(jobsOf);
}

type PinnedInputs = InputStep & { revision_id: number };

/** @throws HttpProblem refused, with a pointer for everything that could not work */
async function pinSteps(trx: Db, request: TaskRequest): Promise<PinnedInputs[]> {
  const { skills_sequence, step_inputs = [], finally: last = [], finally_inputs = [] } = request;
  const places = [
    ...skills_sequence.map((name, index) => ({ name, list: "skills_sequence", inputs: "step_inputs", index })),
    ...last.map((name, index) => ({ name, list: "finally", inputs: "finally_inputs", index })),
  ];
  const errors: FieldError[] = [
    ...surplus("step_inputs", step_inputs.length, skills_sequence.length),
    ...surplus("finally_inputs", finally_inputs.length, last.length),
  ];
  const names = [...new Set(places.map(({ name }) => name))];
  const known = new Map((await activeRevisions(trx, names)).map((skill) => [skill.name, skill]));
  const steps = places.flatMap(({ name, list, inputs, index }): PinnedInputs[] => {
    const skill = known.get(name);
    if (skill?.revision_id != null && skill.inputs_schema !== null && skill.outputs_schema !== null) {
      const { revision_id, inputs_schema, outputs_schema } = skill;
      const given = (inputs === "step_inputs" ? step_inputs : finally_inputs)[index] ?? {};
      return [{ skill_name: name, revision_id, inputs_schema, outputs_schema, inputs: given, at: [inputs, index] }];
    }
    const detail =
      skill === undefined ? `there is no skill ${name}` : `${name} is ${skill.status}; only an active skill can run`;
    errors.push({ pointer: `/${list}/${index}`, detail });
    return [];
  });
  if (errors.length === 0) errors.push(...checkTaskInputs(request.inputs, steps));
  if (errors.length > 0) throw refused(errors);
  return steps;
}

function surplus(field: string, given: number, steps: number): FieldError[] {
  return given <= steps ? [] : [{ pointer: `/${field}/${steps}`, detail: `there are only ${steps} steps` }];
}

function refused(errors: FieldError[]): HttpProblem {
  return new HttpProblem("refused", "The task could not be carried out like this. Nothing was started.", { errors });
}
