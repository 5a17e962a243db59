import type { Skill } from "@infraskill/contracts/skill";
import { Link } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useExecutions } from "../api/use-executions.ts";
import { useMay } from "../api/use-me.ts";
import { useSeen } from "../lib/use-seen.ts";
import { StatusBadge, StatusText } from "../status/status-badge.tsx";
import { executionLooks, revisionLooks } from "../status/status-looks.ts";
import { Age } from "../ui/age.tsx";
import { buttonClass } from "../ui/button.tsx";
import { SuccessBars } from "./success-bars.tsx";

export function SkillCard({ skill }: { skill: Skill }) {
  const mayRun = useMay("operator") && skill.status === "active";
  const [ref, seen] = useSeen<HTMLLIElement>();
  const recent = useExecutions({ skill: skill.name }, { limit: 30, enabled: seen && skill.last_execution !== null });
  const executions = recent.data?.pages[0]?.items;
  return (
    <li
      ref={ref}
      className="group relative flex min-h-[9.25rem] flex-col rounded-lg border border-line bg-panel p-3.5 shadow-flat focus-within:border-field hover:border-field"
    >
      <div className="flex items-start justify-between gap-2">
        <h2 className="min-w-0 font-mono text-sm font-medium break-words">
          <Link
            to="/skills/$name"
            params={{ name: skill.name }}
            className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-accent"
          >
            {skill.name}
          </Link>
        </h2>
        {skill.status === "active" ? (
          <span className="shrink-0 text-xs text-faint">{skill.category}</span>
        ) : (
          <StatusBadge look={revisionLooks[skill.status]} />
        )}
      </div>
      <div className="mt-1 grow">
        <p className="line-clamp-2 text-soft">{skill.description}</p>
      </div>
      <div className="mt-3 flex items-end justify-between gap-2">
        <div className="grid min-w-0 gap-1.5 text-xs">
          {executions !== undefined && executions.length > 0 && <SuccessBars executions={executions} />}
          {skill.last_execution === null ? (
            <span className="text-faint">Never run</span>
          ) : (
            <span className="flex flex-wrap items-center gap-x-2">
              <StatusText look={executionLooks[skill.last_execution.status]} />
              {skill.last_execution.completed_at !== null && (
                <span className="text-faint">
                  <Age at={skill.last_execution.completed_at} />
                </span>
              )}
            </span>
          )}
        </div>
        {mayRun && (
          <Link
            to="/skills/$name"
            params={{ name: skill.name }}
            search={{ tab: "run" }}
            aria-label={`Run ${skill.name}`}
            className={`${buttonClass("outline", "sm")} relative`}
          >
            <Play size={12} aria-hidden /> Run
          </Link>
        )}
      </div>
    </li>
  );
}
