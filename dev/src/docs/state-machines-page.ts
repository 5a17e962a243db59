import { deliveryMachine } from "@infraskill/contracts/delivery-machine";
import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal, type Machine } from "@infraskill/contracts/machine";
import {
  deliveryOwes,
  deliveryOwingState,
  executionLogsOwed,
  executionOwes,
  type Owed,
  revisionOwes,
  revisionRecheckOwed,
} from "@infraskill/contracts/owed";
import { revisionMachine } from "@infraskill/contracts/revision-machine";
import { stepMachine, taskMachine } from "@infraskill/contracts/task-machine";
import { duration, page, table } from "./markdown.ts";

type Owes = readonly (readonly [state: string, owed: Owed])[];

export function stateMachinesPage(): string {
  const owed_logs = Object.keys(executionMachine.states)
    .filter((state) => isFinal(executionMachine, state as keyof typeof executionMachine.states))
    .map((state) => [`${state}, while logs_owed`, executionLogsOwed] as const);
  return page("State machines", "packages/contracts", [
    "A report that a state does not accept is stale or a duplicate and changes nothing. Postgres refuses every other transition by itself.",
    ...machineSection(revisionMachine, [
      ...Object.entries(revisionOwes),
      ["active, while newer rules have not judged it", revisionRecheckOwed],
    ]),
    ...machineSection(executionMachine, [...Object.entries(executionOwes), ...owed_logs]),
    ...machineSection(taskMachine, []),
    ...machineSection(stepMachine, []),
    ...machineSection(
      deliveryMachine,
      Object.entries(deliveryOwes).map(([kind, owed]) => [`${deliveryOwingState} (${kind})`, owed] as const),
    ),
  ]);
}

function machineSection(machine: Machine, owes: Owes): string[] {
  const moves = Object.entries(machine.states).flatMap(([from, events]) =>
    Object.entries(events).map(([event, to]) => ({ from, event, to })),
  );
  const arrows = Map.groupBy(
    moves.filter(({ from, to }) => from !== to),
    ({ from, to }) => `${from} --> ${to}`,
  );
  const diagram = [
    "```mermaid",
    "stateDiagram-v2",
    `  [*] --> ${machine.initial}`,
    ...[...arrows].map(([arrow, events]) => `  ${arrow}: ${events.map(({ event }) => event).join(", ")}`),
    "```",
  ];
  const staying = moves.filter(({ from, to }) => from === to).map(({ from, event }) => `\`${from}\` (${event})`);
  const owed_rows = owes.map(([state, { queue, at_once, again_ms }]) => [
    state,
    queue,
    at_once ? "at once" : "by the sweeper",
    duration(again_ms),
  ]);
  return [
    `## ${machine.name}`,
    diagram.join("\n"),
    ...(staying.length === 0 ? [] : [`Noted without leaving the state: ${staying.join(", ")}.`]),
    ...(owed_rows.length === 0
      ? []
      : [table(["waiting state", "owes a job on", "published", "again after"], owed_rows)]),
  ];
}
