import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import { useQuery } from "@tanstack/react-query";
import { api, bodyOf } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

/** The mode skill files are made for. It does not change while infraskill runs. */
export function useCallbackMode(): CallbackMode {
  const { data } = useQuery({
    queryKey: queryKeys.settings,
    queryFn: ({ signal }) => bodyOf(api.settings({ signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.callback_mode ?? "oidc";
}
