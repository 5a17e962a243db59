import { queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, bodyOf } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

export const skillQuery = (name: string) =>
  queryOptions({
    queryKey: queryKeys.skill(name),
    queryFn: ({ signal }) => bodyOf(api.getSkill({ params: { id: name }, signal })),
  });

export function useSkill(name: string) {
  return useQuery(skillQuery(name));
}

export function useRevisions(name: string, options: { enabled: boolean }) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.revisions(name),
    queryFn: ({ signal, pageParam }) =>
      bodyOf(api.listRevisions({ params: { id: name }, query: { limit: 50, cursor: pageParam }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled: options.enabled,
  });
  return { ...query, revisions: query.data?.pages.flatMap((page) => page.items) };
}
