import { revisionMachine } from "@infraskill/contracts/revision-machine";
import type { Skill } from "@infraskill/contracts/skill";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Archive, PencilLine } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { wordsFor } from "../api/refused.ts";
import { useMay } from "../api/use-me.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

/** What an author can do with a skill as a whole. */
export function SkillActions({ skill }: { skill: Skill }) {
  const mayWrite = useMay("author");
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const archive = useMutation({
    mutationFn: () => bodyOf(api.archiveSkill({ params: { id: skill.name } })),
    onMutate: () => {
      setAsking(false);
      client.setQueryData<Skill>(queryKeys.skill(skill.name), (old) =>
        old === undefined ? undefined : { ...old, status: "archived" },
      );
    },
    onError: (error) => toast.error("Not archived", { description: wordsFor(error).title }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.skills }),
  });
  if (!mayWrite || !("archived" in revisionMachine.states[skill.status])) return null;
  return (
    <>
      <Link to="/skills/$name/revise" params={{ name: skill.name }} className={buttonClass()}>
        <PencilLine size={14} aria-hidden /> Revise
      </Link>
      <Button look="quiet" onClick={() => setAsking(true)}>
        <Archive size={14} aria-hidden /> Archive
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Archive ${skill.name}?`}
        description="It can no longer be run. Its executions and revisions stay; its file in the repository is left as it is."
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button look="danger" onClick={() => archive.mutate()}>
              <Archive size={14} aria-hidden /> Archive
            </Button>
          </>
        }
      >
        <p className="text-soft">Going executions are not stopped.</p>
      </Dialog>
    </>
  );
}
