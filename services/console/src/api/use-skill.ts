import type { Skill } from "@infraskill/contracts/skill";
import { queryOptions, useInfiniteQuery, useQueries, useQuery } from "@tanstack/react-query";
import { api, bodyOf } from "./client.ts";
import { inFileOrder } from "./file-order.ts";
import { queryKeys } from "./query-keys.ts";

export const skillQuery = (name: string) =>
  queryOptions({
    queryKey: queryKeys.skill(name),
    queryFn: async ({ signal }) => {
      const skill = await bodyOf(api.getSkill({ params: { id: name }, signal }));
      const { pending_revision } = skill;
      return { ...inFileOrder(skill), pending_revision: pending_revision && inFileOrder(pending_revision) };
    },
  });

export function useSkill(name: string) {
  return useQuery(skillQuery(name));
}

/** The skills of these names that are known so far, by name. */
export function useNamedSkills(names: readonly string[]): ReadonlyMap<string, Skill> {
  return useQueries({
    queries: [...new Set(names)].map(skillQuery),
    combine: byName,
  });
}

function byName(results: readonly { data: Skill | undefined }[]): ReadonlyMap<string, Skill> {
  return new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.name, data]])));
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
