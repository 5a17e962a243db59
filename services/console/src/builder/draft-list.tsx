import { Link } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Age } from "../ui/age.tsx";
import { IconButton } from "../ui/button.tsx";
import type { Draft } from "./draft.ts";
import { listDrafts } from "./draft-storage.ts";
import { throwAway } from "./throw-away.ts";

/** What is kept in this browser, new skills and revisions, newest first. */
export function DraftList() {
  const [drafts, setDrafts] = useState(listDrafts);
  if (drafts.length === 0) return null;
  const refresh = (): void => setDrafts(listDrafts());
  return (
    <section aria-label="Your drafts">
      <h2 className="mb-2 text-sm font-semibold">Your drafts in this browser</h2>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {drafts.map((draft) => (
          <li
            key={draft.id}
            className="flex items-center gap-1 rounded-md border border-line bg-panel pr-1 hover:border-field"
          >
            <DraftLink draft={draft} />
            <IconButton
              label={`Throw away ${titleOf(draft)}`}
              size="sm"
              onClick={() => {
                throwAway(draft, refresh);
                refresh();
              }}
            >
              <Trash2 size={13} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function DraftLink({ draft }: { draft: Draft }) {
  const className = "flex min-w-0 grow items-center justify-between gap-3 rounded-md px-3 py-2";
  const content = (
    <>
      <span className="min-w-0 truncate font-mono text-xs">{titleOf(draft)}</span>
      <span className="shrink-0 text-xs text-faint">
        {draft.base !== null && "revision, "}
        <Age at={draft.saved_at} />
      </span>
    </>
  );
  return draft.base === null ? (
    <Link to="/drafts/$id" params={{ id: draft.id }} className={className}>
      {content}
    </Link>
  ) : (
    <Link to="/skills/$name/revise" params={{ name: draft.name }} className={className}>
      {content}
    </Link>
  );
}

function titleOf({ name }: Draft): string {
  return name === "" ? "without a name" : name;
}
