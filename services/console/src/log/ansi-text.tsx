import Anser from "anser";
import type { ReactNode } from "react";
import "./ansi.css";

/** A log line with its colours. Every piece becomes a text node, so nothing in a log can be markup. */
export function AnsiText({ text, find }: { text: string; find: string }) {
  if (!text.includes("\u001B")) return <Marked text={text} find={find} />;
  return Anser.ansiToJson(text, { json: true, use_classes: true, remove_empty: true }).map((piece, index) => (
    <span key={index} className={classesOf(piece)}>
      <Marked text={piece.content} find={find} />
    </span>
  ));
}

function classesOf({ fg, bg, decorations }: Anser.AnserJsonEntry): string {
  const names = [known(fg), known(bg)?.replace("ansi-", "ansi-bg-"), ...decorations.map((name) => `ansi-${name}`)];
  return names.filter(Boolean).join(" ");
}

/** The sixteen colours have a class; of 256 colours and true colours the text stays plain, readable in both themes. */
function known(colour: string | null): string | undefined {
  return colour !== null && /^ansi-(bright-)?(black|red|green|yellow|blue|magenta|cyan|white)$/.test(colour)
    ? colour
    : undefined;
}

function Marked({ text, find }: { text: string; find: string }): ReactNode {
  if (find === "") return text;
  const lower = text.toLowerCase();
  const wanted = find.toLowerCase();
  const parts: ReactNode[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + find.length)}</mark>);
    from = at + find.length;
  }
  return [...parts, text.slice(from)];
}
