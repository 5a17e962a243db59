/** The keys under which the soak's skill writes its effects down: one for each execution, and one for each step of a task. */
export const steps_per_task = 5;

export const executionKey = (n: number): string => `e${n}`;
export const taskKey = (n: number): string => `t${n}`;

export function belongsToTask(key: string): boolean {
  return key.startsWith("t");
}

/** Each step adds a sign to the key it was given by the one before. */
export function stepKey(key: string, index: number): string {
  return key + "+".repeat(index);
}
