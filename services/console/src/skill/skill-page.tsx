import type { Skill } from "@infraskill/contracts/skill";
import type { JsonObject } from "@infraskill/contracts/text";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { isRefused } from "../api/refused.ts";
import { useSkill } from "../api/use-skill.ts";
import { StatusBadge } from "../status/status-badge.tsx";
import { revisionLooks } from "../status/status-looks.ts";
import { ErrorCard } from "../ui/error-card.tsx";
import { EmptyState, Page, Panel } from "../ui/page.tsx";
import { Skeleton, SkeletonRows } from "../ui/skeleton.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { buttonClass } from "../ui/button.tsx";
import { AboutSkill } from "./about-skill.tsx";
import { NewFindingsNote } from "./new-findings-note.tsx";
import { PullRequestNote } from "./pull-request-note.tsx";
import { RevisionList } from "./revision-list.tsx";
import { RunForm } from "./run-form.tsx";
import { SkillActions } from "./skill-actions.tsx";
import { SkillHistory } from "./skill-history.tsx";
import { StateNote } from "./state-note.tsx";

const YamlView = lazy(() => import("../yaml/yaml-view.tsx"));
const route = getRouteApi("/app/skills/$name");

export function SkillPage() {
  const { name } = route.useParams();
  const query = useSkill(name);
  if (query.data !== undefined) return <SkillView key={query.data.name} skill={query.data} />;
  if (isRefused(query.error, 404)) {
    return (
      <Page title={name}>
        <EmptyState title="There is no skill of this name">
          <Link to="/skills" search={{ q: name }} className={buttonClass()}>
            Search for it
          </Link>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title={<span className="font-mono">{name}</span>}>
      {query.isError ? <ErrorCard error={query.error} retry={query.refetch} /> : <SkeletonRows rows={5} />}
    </Page>
  );
}

function SkillView({ skill }: { skill: Skill }) {
  const { tab, revision, inputs } = route.useSearch();
  const navigate = route.useNavigate();
  const open = tab ?? (skill.status === "active" ? "run" : "yaml");
  return (
    <Page
      title={
        <span className="flex flex-wrap items-center gap-2.5">
          <span className="font-mono font-medium break-all">{skill.name}</span>
          <StatusBadge look={revisionLooks[skill.status]} />
        </span>
      }
      lead={skill.description}
      actions={<SkillActions skill={skill} />}
    >
      <div className="mb-4 grid gap-2 empty:hidden">
        <StateNote skill={skill} />
        <NewFindingsNote skill={skill} />
        <PullRequestNote skill={skill} />
      </div>
      <Tabs
        label="Skill"
        value={open}
        onChange={(id) => void navigate({ search: (old) => ({ ...old, tab: id }), replace: true })}
        tabs={[
          {
            id: "run",
            label: "Run",
            content: () =>
              skill.status === "active" ? (
                <RunForm skill={skill} given={parseInputs(inputs)} />
              ) : (
                <p className="text-soft">Only an active skill can be run.</p>
              ),
          },
          {
            id: "yaml",
            label: "YAML",
            content: () => (
              <Panel
                flush
                title={<span className="font-mono text-xs font-medium break-all">{skill.github_path}</span>}
                actions={
                  skill.commit_hash !== null && (
                    <span className="text-xs text-soft">
                      at <code className="font-mono">{skill.commit_hash.slice(0, 12)}</code>
                    </span>
                  )
                }
              >
                <Suspense fallback={<Skeleton className="m-3 h-64" />}>
                  <YamlView text={skill.yaml_content} diagnostics={skill.validation_errors ?? []} />
                </Suspense>
              </Panel>
            ),
          },
          {
            id: "revisions",
            label: "Revisions",
            content: () => (
              <RevisionList
                name={skill.name}
                open={revision}
                onOpen={(next) => void navigate({ search: (old) => ({ ...old, revision: next }), replace: true })}
              />
            ),
          },
          { id: "history", label: "History", content: () => <SkillHistory name={skill.name} /> },
          { id: "about", label: "About", content: () => <AboutSkill skill={skill} /> },
        ]}
      />
    </Page>
  );
}

/** The `inputs` of a shared link; what is no JSON object counts as none. */
function parseInputs(text: string | undefined): JsonObject {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}
