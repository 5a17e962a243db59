import { type Role, roleAllows } from "@infraskill/contracts/actor";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, bodyOf } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

export const meQuery = queryOptions({
  queryKey: queryKeys.me,
  queryFn: ({ signal }) => bodyOf(api.me({ signal })),
  staleTime: 5 * 60_000,
});

export function useMe() {
  return useQuery(meQuery).data;
}

/** Whether the person may do what needs `role`; the server decides again. */
export function useMay(role: Role): boolean {
  const me = useMe();
  return me !== undefined && roleAllows(me.role, role);
}
