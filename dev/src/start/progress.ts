/** What a person sees of the start: a line for each thing that is ready, with its time. */
export interface Progress {
  readonly note: (text: string) => void;
  /** Shows `done` with the time it took once `act` has succeeded. */
  readonly step: <T>(act: () => Promise<T>, done: string | ((result: T) => string)) => Promise<T>;
}

export function createProgress(print: (text: string) => void, now: () => number = () => performance.now()): Progress {
  return {
    note: (text) => print(`  · ${text}`),
    step: async (act, done) => {
      const since = now();
      const result = await act();
      const text = typeof done === "string" ? done : done(result);
      print(`  ✓ ${text.padEnd(40)} ${formatSeconds(now() - since)}`);
      return result;
    },
  };
}

export function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
