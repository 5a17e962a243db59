import type { Cursor } from "./yaml-editor.tsx";

/** Where the cursor is, how long the file is, who checks it, and the keys to know. */
export function EditorStatus({
  cursor,
  text,
  actionlint,
}: {
  cursor: Cursor;
  text: string;
  actionlint: string | undefined;
}) {
  const lines = text.split("\n").length;
  return (
    <footer
      aria-label="Editor"
      className="flex h-7 shrink-0 items-center gap-4 overflow-hidden border-t border-line bg-sunken px-3 text-2xs whitespace-nowrap text-soft tabular-nums"
    >
      <span>
        Line {cursor.line}, column {cursor.column}
      </span>
      <span>{lines.toLocaleString("en")} lines</span>
      <span className="max-sm:hidden">actionlint {actionlint ?? "…"}</span>
      <span className="ml-auto max-md:hidden">
        <Key>F8</Key> next problem <Key>Ctrl .</Key> fix it <Key>Esc Tab</Key> leave
      </span>
    </footer>
  );
}

function Key({ children }: { children: string }) {
  return <kbd className="ml-3 rounded-sm border border-line-strong px-1 font-mono">{children}</kbd>;
}
