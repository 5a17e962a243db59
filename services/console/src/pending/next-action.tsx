import type { RevisionStatus } from "@infraskill/contracts/revision-machine";
import type { Revision, Skill } from "@infraskill/contracts/skill";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PencilLine, RotateCw } from "lucide-react";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { useMay } from "../api/use-me.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";

/** Where a text got stuck: what can be done, and whether sending the same text again may help. */
const ways: { readonly [S in RevisionStatus]?: { readonly advice: string; readonly again?: string } } = {
  invalid: { advice: "The checks refused this text. Change it, and it is checked again." },
  rejected: {
    advice: "Its pull request was closed without a merge. Reopen it there, or open another one.",
    again: "Propose it again",
  },
  failed: {
    advice: "GitHub refused it. When the reason is gone, try the same text again.",
    again: "Try again",
  },
};

/** Whether a text goes no further until somebody acts on it. */
export function isStuck(status: RevisionStatus): boolean {
  return ways[status] !== undefined;
}

/** The way on for a skill whose newest text got stuck. */
export function NextAction({ skill, pending }: { skill: Skill; pending: Skill | Revision }) {
  const way = ways[pending.status];
  const mayWrite = useMay("author");
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => {
      const { description, category, inputs_schema, outputs_schema, yaml_content, revision } = pending;
      return bodyOf(
        api.updateSkill({
          params: { id: skill.name },
          headers: { "if-match": `"${revision}"` },
          body: { name: skill.name, description, category, inputs_schema, outputs_schema, yaml_content },
        }),
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.skills }),
  });
  if (way === undefined) return null;
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="grow basis-60 text-soft">{way.advice}</p>
        {mayWrite && (
          <>
            <Link to="/skills/$name/revise" params={{ name: skill.name }} className={buttonClass()}>
              <PencilLine size={14} aria-hidden /> {way.again === undefined ? "Fix the text" : "Change the text"}
            </Link>
            {way.again !== undefined && (
              <Button disabled={again.isPending} onClick={() => again.mutate()}>
                <RotateCw size={14} aria-hidden /> {way.again}
              </Button>
            )}
          </>
        )}
      </div>
      {again.isError && <ErrorCard error={again.error} />}
    </div>
  );
}
