import { useEffect } from "react";

export type Shortcut = { readonly keys: string; readonly does: string };

/** Every shortcut of the console, for the list that `?` opens. */
export const shortcutGroups: readonly { readonly title: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    title: "Everywhere",
    shortcuts: [
      { keys: "Ctrl K", does: "Go anywhere (⌘ K on a Mac)" },
      { keys: "g s", does: "Skills" },
      { keys: "g p", does: "Pending" },
      { keys: "g e", does: "Executions" },
      { keys: "g t", does: "Tasks" },
      { keys: "g o", does: "Ops" },
      { keys: "n", does: "New skill" },
      { keys: "/", does: "Search on this page" },
      { keys: "?", does: "This list" },
    ],
  },
  {
    title: "Log",
    shortcuts: [
      { keys: "/", does: "Search in the log" },
      { keys: "Enter", does: "Next match" },
      { keys: "Shift Enter", does: "Match before" },
    ],
  },
  {
    title: "YAML editor",
    shortcuts: [
      { keys: "F8", does: "Next problem (Shift F8: the one before)" },
      { keys: "Ctrl .", does: "Fix the problem here" },
      { keys: "Esc Tab", does: "Leave the editor" },
    ],
  },
  {
    title: "Steps of a task",
    shortcuts: [{ keys: "Alt ↑ ↓", does: "Move the step" }],
  },
];

/** Single keys, and two in a row such as `g s`; never while a person types or a dialog is open. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    let before = "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector("[role=dialog],[role=menu]") !== null) return;
      const action = actions[`${before}${event.key}`] ?? actions[event.key];
      clearTimeout(timer);
      before = event.key.length === 1 && action === undefined ? `${event.key} ` : "";
      timer = setTimeout(() => (before = ""), 1_000);
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKey);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("keydown", onKey);
    };
  }, [actions]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=textbox]"))
  );
}
