import { afterEach } from "vitest";
import { running, type System } from "./system.ts";

const shown_lines = 60;
const shown_executions = 5;

// A test against the whole system fails for reasons that stand in the services' logs and tables, and those are gone when CI is over.
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail" || running.size === 0) return;
  const told = await Promise.all([...running].map(([system, output]) => tell(system, output)));
  // As a stack of this error's own, vitest would show the code of every frame.
  throw new Error(`What the system said last:\n${told.join("\n\n").replaceAll(/^(\s+)at /gm, "$1by ")}`);
});

async function tell(system: Pick<System, "api">, output: readonly string[]): Promise<string> {
  const lines = output.join("").trimEnd().split("\n").slice(-shown_lines);
  return [...lines, ...(await newestExecutions(system).catch((error: unknown) => [String(error)]))].join("\n");
}

async function newestExecutions({ api }: Pick<System, "api">): Promise<string[]> {
  const listed = await api.listExecutions({ query: { limit: shown_executions } });
  if (!listed.ok) return [`executions: ${listed.problem.detail}`];
  const read = await Promise.all(
    listed.body.items.map(({ execution_id }) => api.getExecution({ params: { execution_id } })),
  );
  return read.flatMap((one) => {
    if (!one.ok) return [];
    const { execution_id, skill_name, status, events } = one.body;
    return [
      `${skill_name} ${execution_id} is ${status}: ${events.map(({ at, action }) => `${action} ${at}`).join(", ")}`,
    ];
  });
}
