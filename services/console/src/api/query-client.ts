import { QueryClient } from "@tanstack/react-query";
import { isRefused } from "./refused.ts";

/** Live events keep the cache fresh; a minute is the net below them. A refusal is an answer and is not asked for again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) => !isRefused(error) && failures < 2,
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4_000),
      throwOnError: false,
    },
  },
});
