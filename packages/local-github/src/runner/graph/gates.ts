import { withContexts, type Scope } from "../expression/scope.ts";
import { evaluateNode, textOf } from "../expression/template.ts";
import type { Concurrency, JobRecord } from "../types.ts";
import { mapping } from "../workflow/read.ts";
import type { Cell } from "./types.ts";

/**
 * Lets a job through its concurrency group and its environment, both kept by the caller.
 * @returns what the job may look at then (an environment brings variables and secrets); undefined where it may not go
 */
export async function passGates(
  cell: Cell,
  record: JobRecord,
): Promise<{ scope: Scope; release: () => void } | undefined> {
  const release = await passConcurrency(cell, record);
  if (release === undefined) return undefined;
  const scope = await passEnvironment(cell, record);
  if (scope !== undefined) return { scope, release };
  release();
  return undefined;
}

/** `concurrency:` of a workflow or a job, evaluated. */
export function readConcurrency(node: unknown, scope: Scope): Concurrency | null {
  if (node === undefined || node === null) return null;
  const value = evaluateNode(node, scope);
  if (typeof value === "string") return { group: value, cancel_in_progress: false, queue: "single" };
  const { group, "cancel-in-progress": cancel, queue } = mapping(value);
  return { group: textOf(group), cancel_in_progress: cancel === true, queue: queue === "max" ? "max" : "single" };
}

async function passConcurrency(cell: Cell, record: JobRecord): Promise<(() => void) | undefined> {
  const { request, observer } = cell.graph.run;
  if (cell.model.concurrency === undefined || request.concurrency_gate === undefined) return () => undefined;
  record.status = "pending";
  observer.onJobWaiting?.(structuredClone(record));
  const release = await holdGroup(cell, record);
  if (release === undefined) return undefined;
  record.status = "queued";
  observer.onJobWaiting?.(structuredClone(record));
  return release;
}

/**
 * Waits for a job's concurrency group.
 * @returns gives the group back; undefined where the job may not go
 */
export async function holdGroup(cell: Cell, record: JobRecord): Promise<(() => void) | undefined> {
  const { request } = cell.graph.run;
  const concurrency = readConcurrency(cell.model.concurrency, cell.scope);
  if (concurrency === null || request.concurrency_gate === undefined) return () => undefined;
  const asked = request.concurrency_gate(structuredClone(record), concurrency);
  const answer = await unlessCancelled(asked, cell.cancel.signal);
  // Where nobody waits any more the answer may still come, and must not keep the group.
  if (answer === undefined) void asked.then((late) => (late.go ? late.release() : undefined));
  return answer?.go === true ? answer.release : undefined;
}

async function passEnvironment(cell: Cell, record: JobRecord): Promise<Scope | undefined> {
  const { request, observer } = cell.graph.run;
  if (record.environment === null || request.environment_gate === undefined) return cell.scope;
  record.status = "waiting";
  observer.onJobWaiting?.(structuredClone(record));
  const asked = request.environment_gate(structuredClone(record), record.environment);
  const answer = await unlessCancelled(asked, cell.cancel.signal);
  if (answer === undefined) return undefined;
  if (!answer.approved) {
    record.conclusion = "failure";
    return undefined;
  }
  record.status = "queued";
  observer.onJobWaiting?.(structuredClone(record));
  return withContexts(cell.scope, {
    vars: { ...request.vars, ...answer.vars },
    secrets: { ...cell.graph.secrets, ...answer.secrets },
  });
}

async function unlessCancelled<T>(asked: Promise<T>, cancel: AbortSignal): Promise<T | undefined> {
  if (cancel.aborted) return undefined;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const onAbort = (): void => resolve(undefined);
  cancel.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([asked, promise]);
  } finally {
    cancel.removeEventListener("abort", onAbort);
  }
}
