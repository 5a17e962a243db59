import type { Skill } from "@infraskill/contracts/skill";
import type { JsonObject } from "@infraskill/contracts/text";
import { dispatchType } from "@infraskill/workflow/schema/dispatch-inputs";
import { fieldsOf, requiredOf } from "@infraskill/workflow/schema/fields";
import type { ReactNode } from "react";
import { formatMoment } from "../lib/time.ts";
import { FilePath } from "../ui/file-path.tsx";
import { ExternalLink } from "../ui/external-link.tsx";
import { Panel } from "../ui/page.tsx";

export function AboutSkill({ skill }: { skill: Skill }) {
  const facts: [string, ReactNode][] = [
    ["Category", skill.category],
    ["Revision", skill.revision],
    ["File", <FilePath path={skill.github_path} />],
    [
      "Commit",
      skill.commit_hash === null ? (
        "not merged yet"
      ) : (
        <code className="font-mono text-xs break-all">{skill.commit_hash}</code>
      ),
    ],
    [
      "Pull request",
      skill.pr_number === null ? "none yet" : <ExternalLink href={skill.pr_url}>PR #{skill.pr_number}</ExternalLink>,
    ],
    ["At once", runLimit(skill.concurrency)],
    ["Created", `${formatMoment(skill.created_at)} by ${skill.created_by}`],
    ["Approved", skill.approved_at === null ? "not yet" : formatMoment(skill.approved_at)],
  ];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="Facts" flush>
        <dl className="divide-y divide-line">
          {facts.map(([name, value]) => (
            <div key={name} className="grid grid-cols-[7rem_minmax(0,1fr)] gap-3 px-3 py-1.5">
              <dt className="text-soft">{name}</dt>
              <dd className="min-w-0">{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <div className="grid gap-4">
        <Panel title="Inputs" flush>
          <Fields schema={skill.inputs_schema} empty="It takes no inputs." />
        </Panel>
        <Panel title="Outputs" flush>
          <Fields schema={skill.outputs_schema} empty="It gives no outputs." />
        </Panel>
      </div>
    </div>
  );
}

function runLimit(concurrency: Skill["concurrency"]): ReactNode {
  if (concurrency === null) return "no limit";
  const { limit, group } = concurrency;
  return (
    <>
      {limit === 1 ? "one execution" : `${limit} executions`}
      {group !== undefined && (
        <>
          {" "}
          for each <code className="font-mono text-xs break-all">{group}</code>
        </>
      )}
    </>
  );
}

function Fields({ schema, empty }: { schema: JsonObject; empty: string }) {
  const fields = fieldsOf(schema);
  const required = requiredOf(schema);
  if (fields.length === 0) return <p className="px-3 py-2 text-soft">{empty}</p>;
  return (
    <ul className="divide-y divide-line">
      {fields.map(([name, field]) => (
        <li key={name} className="px-3 py-1.5">
          <span className="font-mono text-xs font-medium">{name}</span>{" "}
          <span className="text-xs text-faint">
            {dispatchType(field)}
            {required.has(name) && " · required"}
          </span>
          {typeof field["description"] === "string" && <p className="text-soft">{field["description"]}</p>}
        </li>
      ))}
    </ul>
  );
}
