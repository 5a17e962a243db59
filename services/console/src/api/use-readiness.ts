import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { queryKeys } from "./query-keys.ts";

const Readiness = z.object({
  status: z.enum(["ready", "degraded", "down"]),
  checks: z.record(
    z.string(),
    z.object({ status: z.enum(["up", "down"]), needed: z.boolean(), detail: z.string().optional() }),
  ),
});

/** What the gateway says of each thing it depends on; its answer is the same whether all of it is well or not. */
export function useReadiness() {
  return useQuery({
    queryKey: queryKeys.readiness,
    queryFn: async ({ signal }) => {
      const response = await fetch("/readyz", { signal, headers: { accept: "application/json" } });
      return Readiness.parse(await response.json());
    },
    refetchInterval: 5_000,
  });
}
