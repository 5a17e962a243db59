const poll_ms = 250;

/**
 * Calls back once when the process that started us is gone: a signal to npm does not reach us, but then somebody else
 * becomes our parent.
 */
export function onParentDeath(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, poll_ms);
  timer.unref();
}
