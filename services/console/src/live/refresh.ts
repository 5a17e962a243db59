import type { Query, QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Has what changed, every query whose key begins with this one, read anew. What is being read for the first time is read once more after that: its
 * answer may have left before the change, and would count as the newest.
 */
export function refresh(client: QueryClient, queryKey: QueryKey): void {
  const underway = client.getQueryCache().findAll({ queryKey, fetchStatus: "fetching", predicate: isFirst });
  void client.invalidateQueries({ queryKey });
  for (const query of underway) {
    if (overtaken.has(query)) continue;
    overtaken.add(query);
    const again = () => {
      overtaken.delete(query);
      void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    };
    void query.promise?.then(again, () => overtaken.delete(query));
  }
}

/** What is read once more when its first answer has come, however much changes until then. */
const overtaken = new WeakSet<Query>();

function isFirst({ state }: Query): boolean {
  return state.data === undefined;
}
