import { revisionMachine } from "@infraskill/contracts/revision-machine";
import type { Skill } from "@infraskill/contracts/skill";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { toast } from "sonner";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { useMay } from "../api/use-me.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorCard } from "../ui/error-card.tsx";

/** Gives up the newer revision of a skill whose active one stays, after asking. Nothing where there is none that can be given up. */
export function DiscardRevision({ skill }: { skill: Skill }) {
  const pending = skill.pending_revision;
  const mayWrite = useMay("author");
  if (!mayWrite || pending === null || !("discarded" in revisionMachine.states[pending.status])) return null;
  return <AskToDiscard key={pending.revision} skill={skill} pending={pending} />;
}

function AskToDiscard({ skill, pending }: { skill: Skill; pending: NonNullable<Skill["pending_revision"]> }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const field = useId();
  const { revision, pr_number, status } = pending;
  const discard = useMutation({
    mutationFn: () =>
      bodyOf(
        api.discardRevision({
          params: { id: skill.name },
          body: reason.trim() === "" ? {} : { reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      setAsking(false);
      toast.success(`Revision ${revision} of ${skill.name} is discarded`);
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.skills }),
  });
  const closes = pr_number !== null && (status === "pending_approval" || status === "rejected");
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        <Trash2 size={14} aria-hidden /> Discard
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Discard revision ${revision} of ${skill.name}?`}
        description={`Revision ${skill.revision} stays active and keeps working.`}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button look="danger" disabled={discard.isPending} onClick={() => discard.mutate()}>
              <Trash2 size={14} aria-hidden /> Discard
            </Button>
          </>
        }
      >
        <div className="grid gap-3">
          <p className="text-soft">
            {closes && `Pull request #${pr_number} is closed. `}
            The text can still be read under Revisions, and written again as a new revision.
          </p>
          <div className="grid gap-1">
            <label htmlFor={field} className="font-medium">
              Why <span className="font-normal text-soft">(told with the revision; may be left out)</span>
            </label>
            <input
              id={field}
              className="field"
              maxLength={1_000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
          {discard.isError && <ErrorCard error={discard.error} />}
        </div>
      </Dialog>
    </>
  );
}
