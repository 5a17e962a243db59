const key = "infraskill.reloaded-at";
const pause_ms = 30_000;

/**
 * A newer console was installed while this one was open: the parts it would still load are gone. The page is loaded again, once in a while at the
 * most, so that a server that is away leads to an error card and not to a loop.
 */
export function reloadStaleBuild(): void {
  window.addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0);
    if (Date.now() - last < pause_ms) return;
    sessionStorage.setItem(key, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
