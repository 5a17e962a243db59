import type { Skill } from "@infraskill/contracts/skill";
import { getRouteApi, Link } from "@tanstack/react-router";
import { LayoutGrid, Plus, Rows3, Search } from "lucide-react";
import { useMemo } from "react";
import type { SkillFilter } from "../api/query-keys.ts";
import { useMay } from "../api/use-me.ts";
import { useSkills } from "../api/use-skills.ts";
import { cn } from "../lib/class-names.ts";
import { buttonClass, IconButton } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { FilterField } from "../ui/filter-field.tsx";
import { LoadMore } from "../ui/load-more.tsx";
import { EmptyState, Page } from "../ui/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { SkillCard } from "./skill-card.tsx";
import { countText } from "./skill-count.ts";
import { SkillTable } from "./skill-table.tsx";
import { skillSorts, type SkillSort, sortLabels, sortSkills } from "./sort-skills.ts";

const route = getRouteApi("/app/skills");

/** The library: every active skill, searchable; with "all", also those that are not or no longer active. */
export function SkillsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay("author");
  const filter: SkillFilter = {
    ...(search.q === undefined ? {} : { q: search.q }),
    ...(search.show === "all" ? {} : { status: "active" }),
  };
  const every = useSkills(filter);
  const query = useSkills(search.category === undefined ? filter : { ...filter, category: search.category });
  const categories = useMemo(
    () => countCategories(every.skills ?? [], search.category),
    [every.skills, search.category],
  );
  const countOf = (category: string | undefined, loaded: number): string =>
    category !== undefined && category === search.category && !query.isPlaceholderData
      ? countText(query.skills?.length ?? 0, query.hasNextPage)
      : countText(loaded, every.hasNextPage);
  const sort = search.sort ?? "name";
  const shown = useMemo(() => {
    const found = query.skills ?? [];
    return search.q !== undefined && search.sort === undefined ? found : sortSkills(found, sort);
  }, [query.skills, search.q, search.sort, sort]);

  return (
    <Page
      title="Skills"
      lead="Reviewed operations, ready to run."
      actions={
        mayWrite && (
          <Link to="/skills/new" className={buttonClass("filled")}>
            <Plus size={15} aria-hidden /> New skill
          </Link>
        )
      }
    >
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <div className="relative min-w-56 grow">
          <Search size={14} className="absolute top-1/2 left-2.5 z-10 -translate-y-1/2 text-faint" aria-hidden />
          <FilterField
            asTyped
            label="Search skills"
            placeholder="Search by name, effect or input"
            inputClass="pr-20 pl-8"
            value={search.q}
            onChange={(q) => void navigate({ search: (old) => ({ ...old, q }), replace: true })}
          />
          <span role="status" className="absolute top-1/2 right-8 -translate-y-1/2 text-xs text-faint tabular-nums">
            {query.skills !== undefined && `${countText(shown.length, query.hasNextPage)} found`}
          </span>
        </div>
        <label className="flex items-center gap-1.5 text-xs text-soft">
          Sort
          <select
            className="field w-auto! pr-6"
            value={search.sort ?? (search.q === undefined ? "name" : "")}
            onChange={(event) =>
              void navigate({ search: (old) => ({ ...old, sort: event.target.value as SkillSort }), replace: true })
            }
          >
            {search.q !== undefined && <option value="">Best match</option>}
            {skillSorts.map((id) => (
              <option key={id} value={id}>
                {sortLabels[id]}
              </option>
            ))}
          </select>
        </label>
        <label className="flex h-8 items-center gap-1.5 text-xs text-soft">
          <input
            type="checkbox"
            className="size-3.5 accent-accent"
            checked={search.show === "all"}
            onChange={(event) =>
              void navigate({
                search: (old) => ({ ...old, show: event.target.checked ? ("all" as const) : undefined }),
                replace: true,
              })
            }
          />
          Also inactive
        </label>
        <div role="group" aria-label="View" className="flex">
          {(["cards", "table"] as const).map((view) => (
            <IconButton
              key={view}
              label={view === "cards" ? "As cards" : "As a table"}
              look="outline"
              aria-pressed={(search.view ?? "cards") === view}
              className={cn(
                "aria-pressed:bg-accent-soft aria-pressed:text-accent",
                view === "cards" ? "rounded-r-none" : "-ml-px rounded-l-none",
              )}
              onClick={() =>
                void navigate({
                  search: (old) => ({ ...old, view: view === "cards" ? undefined : view }),
                  replace: true,
                })
              }
            >
              {view === "cards" ? <LayoutGrid size={14} aria-hidden /> : <Rows3 size={14} aria-hidden />}
            </IconButton>
          ))}
        </div>
      </div>
      {categories.length > 1 && (
        <div role="group" aria-label="Category" className="mb-4 flex flex-wrap gap-1.5">
          {[[undefined, every.skills?.length ?? 0] as const, ...categories].map(([name, loaded]) => (
            <button
              key={name ?? ""}
              type="button"
              aria-pressed={search.category === name}
              className="h-6.5 rounded-full border border-line-strong px-2.5 text-xs text-soft hover:border-field hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
              onClick={() => void navigate({ search: (old) => ({ ...old, category: name }), replace: true })}
            >
              {name ?? "All"} <span className="tabular-nums">{countOf(name, loaded)}</span>
            </button>
          ))}
        </div>
      )}
      {query.isError ? (
        <ErrorCard error={query.error} retry={query.refetch} />
      ) : query.skills === undefined ? (
        <CardSkeletons />
      ) : shown.length === 0 ? (
        <NothingFound q={search.q} category={search.category} mayWrite={mayWrite} />
      ) : search.view === "table" ? (
        <SkillTable skills={shown} />
      ) : (
        <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
          {shown.map((skill) => (
            <SkillCard key={skill.id} skill={skill} />
          ))}
        </ul>
      )}
      <LoadMore
        pages={query}
        note={
          search.q === undefined && (
            <p>
              The {shown.length} newest are loaded{search.sort === "newest" ? "" : ", in this order among themselves"}.
            </p>
          )
        }
      />
    </Page>
  );
}

function NothingFound(props: { q: string | undefined; category: string | undefined; mayWrite: boolean }) {
  const { q, category, mayWrite } = props;
  const create = mayWrite && (
    <Link to="/skills/new" search={q === undefined ? {} : { name: q }} className={buttonClass("outline")}>
      <Plus size={15} aria-hidden /> {q === undefined ? "Make the first one" : "Create it"}
    </Link>
  );
  if (q === undefined && category === undefined) {
    return (
      <EmptyState title="No skill is active yet">
        <p>Write one, have its pull request merged, and it stands here.</p>
        {create}
      </EmptyState>
    );
  }
  return <EmptyState title={`Nothing for “${q ?? category}”`}>{create}</EmptyState>;
}

function CardSkeletons() {
  return (
    <div role="status" aria-label="Loading skills" className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
      {Array.from({ length: 6 }, (_, index) => (
        <Skeleton key={index} className="h-[9.25rem] rounded-lg!" />
      ))}
    </div>
  );
}

/** @param chosen stands among them even where none of it is loaded */
function countCategories(skills: readonly Skill[], chosen: string | undefined): [name: string, count: number][] {
  const counts = new Map<string, number>(chosen === undefined ? [] : [[chosen, 0]]);
  for (const { category } of skills) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => a.localeCompare(b, "en"));
}
