import { roles } from "@infraskill/contracts/actor";
import { deliveryMachine } from "@infraskill/contracts/delivery-machine";
import { executionMachine } from "@infraskill/contracts/execution-machine";
import { type Machine, statesOf } from "@infraskill/contracts/machine";
import { deliveryOwes } from "@infraskill/contracts/owed";
import { revisionMachine } from "@infraskill/contracts/revision-machine";
import { skillStatuses } from "@infraskill/contracts/skill";
import { stepMachine, taskMachine } from "@infraskill/contracts/task-machine";

type Check = { readonly table: string; readonly column: string; readonly values: readonly string[] };
type Transitions = { readonly table: string; readonly machine: Machine };

/** The tables whose `status` is a machine's: the database refuses every transition the machine does not know. */
const machineTables: readonly Transitions[] = [
  { table: "skill_revisions", machine: revisionMachine },
  { table: "skill_executions", machine: executionMachine },
  { table: "tasks", machine: taskMachine },
  { table: "task_steps", machine: stepMachine },
  { table: "deliveries", machine: deliveryMachine },
];

/** Columns that hold one of a contract's words. */
const checkedColumns: readonly Check[] = [
  ...machineTables.map(({ table, machine }) => ({ table, column: "status", values: statesOf(machine) })),
  { table: "skills", column: "status", values: skillStatuses },
  { table: "deliveries", column: "kind", values: Object.keys(deliveryOwes) },
  { table: "api_tokens", column: "role", values: roles },
  { table: "users", column: "role", values: roles },
];

/** Statements that make the database hold the contracts' words and transitions; run after every migration, they replace themselves. */
export function ruleStatements(): string[] {
  return [...checkedColumns.flatMap(checkStatements), ...machineTables.flatMap(transitionStatements)];
}

function checkStatements({ table, column, values }: Check): string[] {
  const name = `${table}_${column}_known`;
  return [
    `alter table ${table} drop constraint if exists ${name}`,
    `alter table ${table} add constraint ${name} check (${column} in (${values.map(literal).join(", ")}))`,
  ];
}

function transitionStatements({ table, machine }: Transitions): string[] {
  const allowed = Object.entries(machine.states).flatMap(([from, events]) =>
    [...new Set(Object.values(events))].map((to) => literal(`${from} ${to}`)),
  );
  const name = `guard_${table}_transition`;
  return [
    `create or replace function ${name}() returns trigger language plpgsql as $$
     begin
       if old.status <> new.status and (old.status || ' ' || new.status) <> all (array[${allowed.join(", ")}]) then
         raise exception '${machine.name}: no way from % to %', old.status, new.status using errcode = 'check_violation';
       end if;
       return new;
     end $$`,
    `create or replace trigger ${name} before update of status on ${table} for each row execute function ${name}()`,
  ];
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
