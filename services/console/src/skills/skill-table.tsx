import type { Skill } from "@infraskill/contracts/skill";
import { Link } from "@tanstack/react-router";
import { StatusText } from "../status/status-badge.tsx";
import { executionLooks, revisionLooks } from "../status/status-looks.ts";
import { Age } from "../ui/age.tsx";

/** Many skills on one screen. */
export function SkillTable({ skills }: { skills: readonly Skill[] }) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-panel shadow-flat">
      <table className="w-full text-left">
        <thead className="border-b border-line text-xs text-soft">
          <tr>
            {["Name", "Effect", "Category", "Status", "Last run"].map((title) => (
              <th key={title} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {skills.map((skill) => (
            <tr key={skill.id} className="hover:bg-sunken">
              <th scope="row" className="px-3 py-1.5 font-mono font-medium whitespace-nowrap">
                <Link to="/skills/$name" params={{ name: skill.name }} className="hover:underline">
                  {skill.name}
                </Link>
              </th>
              <td className="max-w-96 truncate px-3 py-1.5 text-soft">{skill.description}</td>
              <td className="px-3 py-1.5 whitespace-nowrap text-soft">{skill.category}</td>
              <td className="px-3 py-1.5">
                <StatusText look={revisionLooks[skill.status]} />
              </td>
              <td className="px-3 py-1.5 whitespace-nowrap">
                {skill.last_execution === null ? (
                  <span className="text-faint">never</span>
                ) : (
                  <span className="flex items-center gap-2">
                    <StatusText look={executionLooks[skill.last_execution.status]} />
                    {skill.last_execution.completed_at !== null && (
                      <span className="text-faint">
                        <Age at={skill.last_execution.completed_at} />
                      </span>
                    )}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
