const dispatches = { method: "POST", path: "/dispatches$" };

/**
 * What goes wrong on GitHub's side during a soak: a good fifth of the dispatches has an unknown answer, most of them after the run was started; every
 * twentieth is refused for a limit; webhooks are lost, doubled and overtaken;
 * the run list lags behind the look-up window, and few webhooks tell that a run has begun: a run that was given up may still come.
 */
export const githubFaults: readonly object[] = [
  { kind: "secondary_limit", ...dispatches, probability: 0.05, status: 429, retry_after: 1 },
  { kind: "status", ...dispatches, probability: 0.1, status: 502, when: "after" },
  { kind: "reset", ...dispatches, probability: 0.08, when: "after" },
  { kind: "status", ...dispatches, probability: 0.05, status: 502, when: "before" },
  { kind: "garbage", ...dispatches, probability: 0.04, when: "after" },
  { kind: "hang", ...dispatches, probability: 0.01, when: "after" },
  { kind: "status", method: "GET", probability: 0.03, status: 503 },
  { kind: "run_list_lag", delay_ms: 30_000 },
  { kind: "webhook_drop", match: "^workflow_run\\.(requested|in_progress)$", probability: 0.8 },
  { kind: "webhook_drop", probability: 0.15 },
  { kind: "webhook_duplicate", probability: 0.2 },
  { kind: "webhook_reorder", probability: 0.1, delay_ms: 2_000 },
];
