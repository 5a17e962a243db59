import { useDebounced } from "../lib/use-debounced.ts";
import type { SkillFilter } from "./query-keys.ts";
import { useSkills } from "./use-skills.ts";

/** Skills for what a person types, by the server's search. Until it has answered, those of the last answer whose name fits: Enter never takes another one. */
export function useSkillSearch(typed: string, filter: Omit<SkillFilter, "q"> = {}) {
  const wanted = typed.trim();
  const q = useDebounced(wanted, 120);
  const query = useSkills(q === "" ? filter : { ...filter, q });
  const found = query.skills ?? [];
  const answered = q === wanted && query.isSuccess && !query.isPlaceholderData;
  return { answered, skills: answered ? found : found.filter(({ name }) => name.includes(wanted)) };
}
