import type { TokenRequest } from "@infraskill/contracts/actor";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

export function useTokens() {
  return useQuery({
    queryKey: queryKeys.tokens,
    queryFn: ({ signal }) => bodyOf(api.listTokens({ query: { limit: 200 }, signal })),
  });
}

export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TokenRequest) => bodyOf(api.createToken({ body })),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.tokens }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => bodyOf(api.revokeToken({ params: { id } })),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.tokens }),
  });
}
