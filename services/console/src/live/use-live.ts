import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { queryKeys } from "../api/query-keys.ts";
import { createEventSink } from "./apply-event.ts";
import { type LiveState, startLiveFeed } from "./live-feed.ts";
import { refresh } from "./refresh.ts";

/** What live events are about. */
const told = [queryKeys.skills, queryKeys.executions, queryKeys.tasks];
let state: LiveState = "connecting";
const listeners = new Set<() => void>();

/** Keeps the query cache live while the component is mounted: used once, by the app shell. */
export function useLiveFeed(): void {
  const client = useQueryClient();
  useEffect(() => {
    const apply = createEventSink(client);
    let before: LiveState = "connecting";
    const feed = startLiveFeed({
      event: apply,
      state: (next) => {
        // What was read while no stream was open may have missed a change.
        if (next === "live" && before !== "live") for (const key of told) refresh(client, key);
        before = next;
        state = next;
        for (const notify of listeners) notify();
      },
    });
    return () => feed.stop();
  }, [client]);
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
