export type Autosave = {
  /** Something changed: it is saved within the wait, however much more changes until then. */
  readonly changed: () => void;
  /** Saves now what is not saved yet. */
  readonly flush: () => void;
  /** Saves no more, not even what has changed, until `resume`. */
  readonly stop: () => void;
  readonly resume: () => void;
};

export function autosave(save: () => void, wait_ms: number): Autosave {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const settle = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
  };
  const flush = (): void => {
    if (waiting === undefined) return;
    settle();
    save();
  };
  return {
    changed: () => {
      if (!stopped) waiting ??= setTimeout(flush, wait_ms);
    },
    flush,
    stop: () => {
      stopped = true;
      settle();
    },
    resume: () => {
      stopped = false;
    },
  };
}
