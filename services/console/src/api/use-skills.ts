import { useInfiniteQuery } from "@tanstack/react-query";
import { api, bodyOf } from "./client.ts";
import { inFileOrder } from "./file-order.ts";
import { queryKeys, type SkillFilter } from "./query-keys.ts";

/** Skills page by page; `skills` is what has been loaded. */
export function useSkills(filter: SkillFilter, options: { enabled?: boolean } = {}) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.skillList(filter),
    queryFn: async ({ signal, pageParam }) => {
      const page = await bodyOf(api.listSkills({ query: { ...filter, limit: 200, cursor: pageParam }, signal }));
      return { ...page, items: page.items.map(inFileOrder) };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled: options.enabled ?? true,
    placeholderData: (previous) => previous,
  });
  return { ...query, skills: query.data?.pages.flatMap((page) => page.items) };
}
