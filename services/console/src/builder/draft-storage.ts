import { newKey } from "../lib/new-key.ts";
import { Draft, type DraftContent } from "./draft.ts";

const prefix = "infraskill.draft.";

/** Keeps a new draft under `id`, or under a fresh one. */
export function startDraft(content: DraftContent, id = newKey().slice(0, 12)): Draft {
  const draft: Draft = { ...content, id, key: newKey(), saved_at: new Date().toISOString() };
  saveDraft(draft);
  return draft;
}

/** Undefined when there is none, or when an older console wrote something else. */
export function loadDraft(id: string): Draft | undefined {
  try {
    const found = Draft.safeParse(JSON.parse(localStorage.getItem(prefix + id) ?? "null"));
    return found.success ? found.data : undefined;
  } catch {
    return undefined;
  }
}

/** Answers false when the browser has no room; the caller says so. */
export function saveDraft(draft: Draft): boolean {
  try {
    localStorage.setItem(prefix + draft.id, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(id: string): void {
  localStorage.removeItem(prefix + id);
}

/** Newest first. */
export function listDrafts(): Draft[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => loadDraft(key.slice(prefix.length)) ?? [])
    .toSorted((a, b) => b.saved_at.localeCompare(a.saved_at));
}
