import type { RunFacts } from "@infraskill/contracts/worker-events";

/** What GitHub shows as a run's `display_title`, by the `run-name` of every skill file. */
function titleOf({ skill_name, execution_id }: { skill_name: string; execution_id: string }): string {
  return `${skill_name} · ${execution_id}`;
}

/** The execution's run among those GitHub lists. Of several, the first GitHub made: the claim lets only one of them act. */
export function matchRun(
  runs: readonly RunFacts[],
  execution: { skill_name: string; execution_id: string },
): RunFacts | undefined {
  const title = titleOf(execution);
  return runs
    .filter((run) => run.display_title === title)
    .reduce<RunFacts | undefined>(
      (first, run) => (first === undefined || run.run_id < first.run_id ? run : first),
      undefined,
    );
}
