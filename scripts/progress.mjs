/**
 * Says what happens, step by step: a step that runs shows on a terminal, a step that is done stays with its time.
 * Where the output is no terminal, a slow step is announced by a line of its own.
 */
export function createProgress({ verbose, stream = process.stdout, now = () => performance.now() }) {
  const live = stream.isTTY && !verbose;
  return {
    started_at: Date.now(),

    /**
     * @template T
     * @param {string} doing shown while it runs
     * @param {() => Promise<T | string>} act returns what to say when it is done; an empty text says nothing
     */
    async step(doing, act) {
      const since = now();
      if (live) stream.write(`  … ${doing}`);
      else stream.write(`  … ${doing}\n`);
      try {
        const done = await act();
        if (live) stream.write("\r\u001B[K");
        if (done !== "") stream.write(`  ✓ ${column(done)} ${formatTime(now() - since)}\n`);
      } catch (error) {
        if (live) stream.write("\r\u001B[K");
        stream.write(`  ✗ ${column(doing)} ${formatTime(now() - since)}\n`);
        throw error;
      }
    },
  };
}

/** 84 → `84 ms`, 3210 → `3.2 s`, 75000 → `1 min 15 s`. */
export function formatTime(milliseconds) {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function column(text) {
  return text.padEnd(40);
}
