import { toast } from "sonner";
import { dropDraft, saveDraft } from "./draft-storage.ts";
import type { Draft } from "./draft.ts";

const undo_ms = 20_000;

/** Forgets a draft, and offers for a while to take that back. */
export function throwAway(draft: Draft, onUndone: () => void): void {
  dropDraft(draft.id);
  toast(draft.name === "" ? "The draft is thrown away" : `The draft of ${draft.name} is thrown away`, {
    id: `thrown-away-${draft.id}`,
    duration: undo_ms,
    action: {
      label: "Undo",
      onClick: () => {
        if (saveDraft(draft)) onUndone();
        else toast.error("This browser has no room to keep the draft");
      },
    },
  });
}

/** It was begun anew: what was thrown away must not come back over it. */
export function keepThrownAway(id: string): void {
  toast.dismiss(`thrown-away-${id}`);
}
