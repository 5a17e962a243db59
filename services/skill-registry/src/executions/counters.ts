import { HttpProblem } from "@infraskill/platform/http-problem";
import { counter, type Metrics } from "@infraskill/platform/metrics";

export type Counters = ReturnType<typeof createCounters>;

/** What runs asked and reported, by what came of it; refusals by the name of their problem. */
export function createCounters(metrics: Metrics) {
  return {
    claims: counter(metrics, "claims_total", "Claims of runs, by what came of them.", ["outcome"]),
    callbacks: counter(metrics, "callbacks_total", "Callbacks of runs, by what came of them.", ["outcome"]),
  };
}

/** Counts how `asking` ends and hands it on. */
export async function counted<T>(
  count: { inc(labels: { outcome: string }): void },
  asking: Promise<T>,
  outcomeOf: (answer: T) => string,
): Promise<T> {
  try {
    const answer = await asking;
    count.inc({ outcome: outcomeOf(answer) });
    return answer;
  } catch (error) {
    count.inc({ outcome: error instanceof HttpProblem ? error.problem : "failed" });
    throw error;
  }
}
