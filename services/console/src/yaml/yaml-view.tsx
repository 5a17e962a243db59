import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/yaml";
import { type ReactNode, useMemo } from "react";
import { cn } from "../lib/class-names.ts";
import "./yaml.css";

/** Highlighted YAML to read; everything in it is text. Lines with a diagnostic are marked. */
export default function YamlView({
  text,
  diagnostics = [],
  maxLines,
}: {
  text: string;
  diagnostics?: readonly Diagnostic[];
  maxLines?: number;
}) {
  const lines = useMemo(() => highlightLines(text), [text]);
  const marked = new Set(diagnostics.map(({ line }) => line));
  const shown = maxLines === undefined ? lines : lines.slice(0, maxLines);
  return (
    <div className="overflow-x-auto py-2 font-mono text-xs leading-5" tabIndex={0} role="region" aria-label="YAML">
      <div className="w-max min-w-full">
        {shown.map((line, index) => (
          <div key={index} className={cn("flex", marked.has(index + 1) && "bg-bad-soft")}>
            <span aria-hidden className="w-11 shrink-0 pr-3 text-right text-faint select-none">
              {index + 1}
            </span>
            <code className="pr-4 whitespace-pre">{line.length === 0 ? "\u200b" : line}</code>
          </div>
        ))}
      </div>
    </div>
  );
}

function highlightLines(text: string): ReactNode[][] {
  const lines: ReactNode[][] = [[]];
  const put = (piece: string, classes: string): void => {
    const line = lines.at(-1)!;
    line.push(
      classes === "" ? (
        piece
      ) : (
        <span key={line.length} className={classes}>
          {piece}
        </span>
      ),
    );
  };
  highlightCode(text, parser.parse(text), classHighlighter, put, () => lines.push([]));
  return lines;
}
