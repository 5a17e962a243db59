import Anser from "anser";
import type { CSSProperties, ReactNode } from "react";
import { cn } from "../lib/class-names.ts";
import { colourOf } from "./ansi-colour.ts";
import "./ansi.css";

/** A log line with its colours. Every piece becomes a text node, so nothing in a log can be markup. */
export function AnsiText({ text, find }: { text: string; find: string }) {
  if (!text.includes("\u001B")) return <Marked text={text} find={find} />;
  return Anser.ansiToJson(text, { json: true, use_classes: true, remove_empty: true }).map((piece, index) => (
    <Piece key={index} piece={piece} find={find} />
  ));
}

function Piece({ piece, find }: { piece: Anser.AnserJsonEntry; find: string }) {
  const { fg, bg, fg_truecolor, bg_truecolor, decorations, content } = piece;
  const ink = colourOf("ansi", fg, fg_truecolor);
  const ground = colourOf("ansi-bg", bg, bg_truecolor);
  return (
    <span
      className={cn(
        ink.name,
        ground.name,
        decorations.map((name) => `ansi-${name}`),
      )}
      style={{ "--ansi": ink.rgb, "--ansi-bg": ground.rgb } as CSSProperties}
    >
      <Marked text={content} find={find} />
    </span>
  );
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
