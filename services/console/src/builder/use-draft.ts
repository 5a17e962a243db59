import { useCallback, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { newKey } from "../lib/new-key.ts";
import { autosave } from "./autosave.ts";
import { followText } from "./document.ts";
import { dropDraft, saveDraft } from "./draft-storage.ts";
import type { Draft } from "./draft.ts";
import type { FormEdit } from "./form-edits.ts";

const follow_ms = 300;
const save_ms = 800;

/**
 * The draft with both ways of changing it. The form changes text and schemas together, at once; the editor changes the text, and the form follows
 * when it has stood still for 300 ms.
 */
export function useDraft(initial: Draft): {
  draft: Draft;
  /** The draft as the form and the previews show it: with the text as it was when it last stood still. */
  shown: Draft;
  edit: (change: FormEdit) => void;
  editText: (text: string) => void;
  /** From now on the draft is a revision of what was made of it. */
  rebase: (base: NonNullable<Draft["base"]>) => void;
  /** The next try is another request to the server. */
  renewKey: () => void;
  /** Forgets what the browser keeps of it; nothing more is kept until `rebase`. */
  drop: () => void;
} {
  const [draft, setDraft] = useState(initial);
  const [shown, setShown] = useState(initial);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(draft);

  const [saving] = useState(() =>
    autosave(() => {
      if (!saveDraft({ ...latest.current, saved_at: new Date().toISOString() })) {
        toast.error("This browser has no room to keep the draft", { id: "draft-not-saved" });
      }
    }, save_ms),
  );

  const put = useCallback(
    (change: Partial<Draft>) => {
      latest.current = { ...latest.current, ...change };
      setDraft(latest.current);
      saving.changed();
    },
    [saving],
  );
  const putAndShow = useCallback(
    (change: Partial<Draft>) => {
      put(change);
      setShown(latest.current);
    },
    [put],
  );
  const edit = useCallback(
    (change: FormEdit) => {
      const changed = change(latest.current);
      if (changed !== undefined) putAndShow(changed);
      else toast.error("The file is written in a way the form cannot change here. Make this change in the YAML.");
    },
    [putAndShow],
  );
  const editText = useCallback(
    (text: string) => {
      if (text === latest.current.yaml_content) return;
      put({ yaml_content: text });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => putAndShow(followText(latest.current, latest.current.yaml_content)), follow_ms);
    },
    [put, putAndShow],
  );

  useEffect(() => {
    window.addEventListener("pagehide", saving.flush);
    return () => {
      saving.flush();
      window.removeEventListener("pagehide", saving.flush);
    };
  }, [saving]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const rebase = useCallback(
    (base: NonNullable<Draft["base"]>) => {
      saving.resume();
      putAndShow({ base, key: newKey() });
    },
    [putAndShow, saving],
  );
  const renewKey = useCallback(() => put({ key: newKey() }), [put]);
  const drop = useCallback(() => {
    saving.stop();
    dropDraft(latest.current.id);
  }, [saving]);

  return { draft, shown, edit, editText, rebase, renewKey, drop };
}
