import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

/** Queues, deliveries, chores and GitHub's rate limit; asked again every few seconds while looked at. */
export function useOps() {
  return useQuery({
    queryKey: queryKeys.ops,
    queryFn: ({ signal }) => bodyOf(api.ops({ signal })),
    refetchInterval: 5_000,
  });
}

export function useFailedDeliveries(options: { enabled: boolean }) {
  return useQuery({
    queryKey: queryKeys.failedDeliveries,
    queryFn: ({ signal }) => bodyOf(api.listDeliveries({ query: { status: "failed", limit: 50 }, signal })),
    refetchInterval: 15_000,
    enabled: options.enabled,
  });
}

export function useReplayDelivery() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => bodyOf(api.replayDelivery({ params: { id } })),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.failedDeliveries });
      void client.invalidateQueries({ queryKey: queryKeys.ops });
    },
  });
}
