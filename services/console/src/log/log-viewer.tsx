import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ChevronDown, ChevronRight, ChevronUp, Copy, Download, Search, WrapText } from "lucide-react";
import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { cn } from "../lib/class-names.ts";
import { copyText } from "../lib/copy-text.ts";
import { IconButton, Button } from "../ui/button.tsx";
import { AnsiText } from "./ansi-text.tsx";
import { findGroups, findLines, type LineKind, plainText, readLine, visibleLines } from "./log-model.ts";

const lineHeight = 20;
const kindClass: Record<LineKind, string> = {
  plain: "",
  group: "font-medium",
  endgroup: "",
  error: "bg-bad-soft text-bad",
  warning: "bg-warn-soft text-warn",
  notice: "bg-busy-soft text-busy",
  command: "text-accent",
  debug: "text-faint",
};

/** A log of any length: only the visible lines exist. Lines, search and place are told to the caller, who keeps them in the URL. */
export function LogViewer({
  lines,
  going,
  line,
  opening,
  find,
  onLine,
  onFind,
  rawHref,
  banner,
}: {
  lines: readonly string[];
  going: boolean;
  /** From 1; shown in the middle and marked. */
  line: number | undefined;
  /** The index of the line that is shown first where `line` names none, such as that of the error. */
  opening: number | undefined;
  find: string;
  onLine: (line: number) => void;
  onFind: (find: string) => void;
  rawHref: string;
  banner?: ReactNode;
}) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [wrap, setWrap] = useState(false);
  const [match, setMatch] = useState(0);
  const [seen, setSeen] = useState(lines.length);
  const following = useRef(going && line === undefined);
  const [away, setAway] = useState(!following.current);
  const scroller = useRef<HTMLDivElement>(null);

  const groups = useMemo(() => findGroups(lines), [lines]);
  const visible = useMemo(() => visibleLines({ lines, groups }, folded), [lines, groups, folded]);
  const wanted = useDeferredValue(find);
  const matches = useMemo(() => findLines(lines, wanted), [lines, wanted]);
  const current = matches[Math.min(match, matches.length - 1)];

  const rows = useVirtualizer({
    count: visible.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 24,
  });

  const showLine = useCallback(
    (index: number): void => {
      const group = [...groups].find(([first, last]) => index > first && index <= last)?.[0];
      if (group !== undefined && folded.has(group)) setFolded(new Set([...folded].filter((first) => first !== group)));
      following.current = false;
      setAway(true);
      const row = lowerBound(visible, index);
      rows.scrollToIndex(row, { align: "center" });
    },
    [groups, folded, visible, rows],
  );
  const shown = useRef<number>(undefined);
  useEffect(() => {
    if (line === undefined || shown.current === line || lines.length < line) return;
    shown.current = line;
    showLine(line - 1);
  }, [line, lines.length, showLine]);

  const opened = useRef(line !== undefined || going);
  useEffect(() => {
    if (opened.current || lines.length === 0) return;
    opened.current = true;
    if (opening !== undefined) showLine(opening);
  }, [lines.length, opening, showLine]);

  useEffect(() => {
    if (!following.current || visible.length === 0) return;
    rows.scrollToIndex(visible.length - 1, { align: "end" });
    setSeen(lines.length);
  }, [lines.length, visible.length, rows]);

  const step = (by: 1 | -1): void => {
    if (matches.length === 0) return;
    const next = (match + by + matches.length) % matches.length;
    setMatch(next);
    showLine(matches[next]!);
  };
  const toEnd = (): void => {
    following.current = true;
    setAway(false);
    setSeen(lines.length);
    rows.scrollToIndex(visible.length - 1, { align: "end" });
  };
  const onScroll = (): void => {
    const place = scroller.current;
    if (place === null) return;
    const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < lineHeight * 1.5;
    if (atEnd) setSeen(lines.length);
    following.current = atEnd;
    setAway((old) => (old === !atEnd ? old : !atEnd));
  };

  return (
    <section
      aria-label="Log"
      className="flex h-full min-h-0 flex-col overflow-hidden rounded-lg border border-line bg-panel shadow-flat"
    >
      <div className="flex flex-wrap items-center gap-1 border-b border-line px-2 py-1.5">
        <div className="relative min-w-36 grow basis-36">
          <Search size={13} className="absolute top-1/2 left-2 -translate-y-1/2 text-faint" aria-hidden />
          <input
            type="search"
            aria-label="Search in the log"
            placeholder="Search in the log"
            className="field min-h-7! py-0! pr-20 pl-7 text-xs"
            value={find}
            onChange={({ target }) => {
              setMatch(0);
              onFind(target.value);
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              if (match === 0 && current !== undefined && shown.current !== current + 1) {
                shown.current = current + 1;
                showLine(current);
              } else step(event.shiftKey ? -1 : 1);
            }}
          />
          <span role="status" className="absolute top-1/2 right-7 -translate-y-1/2 text-2xs text-soft tabular-nums">
            {find !== "" && (matches.length === 0 ? "none" : `${match + 1} of ${matches.length.toLocaleString("en")}`)}
          </span>
        </div>
        <IconButton label="Match before" size="sm" disabled={matches.length === 0} onClick={() => step(-1)}>
          <ChevronUp size={15} aria-hidden />
        </IconButton>
        <IconButton label="Next match" size="sm" disabled={matches.length === 0} onClick={() => step(1)}>
          <ChevronDown size={15} aria-hidden />
        </IconButton>
        <IconButton
          label="Wrap lines"
          size="sm"
          aria-pressed={wrap}
          className="aria-pressed:bg-accent-soft aria-pressed:text-accent"
          onClick={() => setWrap(!wrap)}
        >
          <WrapText size={14} aria-hidden />
        </IconButton>
        <IconButton
          label="Copy the log"
          size="sm"
          onClick={() => void copyText(lines.map(plainText).join("\n"), "the log")}
        >
          <Copy size={14} aria-hidden />
        </IconButton>
        <a
          href={rawHref}
          download="log.txt"
          title="Download the log as it came"
          aria-label="Download the log as it came"
          className="grid size-7 place-items-center rounded-md text-soft hover:bg-sunken hover:text-ink"
        >
          <Download size={14} aria-hidden />
        </a>
      </div>
      {banner}
      <div className="relative min-h-0 grow">
        <div
          ref={scroller}
          tabIndex={0}
          role="region"
          aria-label={`Log, ${lines.length} lines`}
          onScroll={onScroll}
          className="absolute inset-0 overflow-auto bg-panel py-1 font-mono text-xs [contain:strict] -outline-offset-2"
        >
          <div className="relative w-full" style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map(({ key, index, start }) => {
              const at = visible[index]!;
              return (
                <div
                  key={key}
                  data-index={index}
                  ref={wrap ? rows.measureElement : undefined}
                  className={cn("absolute top-0 left-0 flex leading-5", wrap ? "w-full" : "w-max min-w-full")}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <Line
                    raw={lines[at]!}
                    number={at + 1}
                    find={wanted}
                    wrap={wrap}
                    marked={line === at + 1 || current === at}
                    folded={groups.has(at) ? folded.has(at) : undefined}
                    onNumber={() => {
                      shown.current = at + 1;
                      onLine(at + 1);
                    }}
                    onFold={() => setFolded(toggled(folded, at))}
                  />
                </div>
              );
            })}
          </div>
        </div>
        {away && (going || lines.length > seen) && (
          <Button size="sm" className="absolute right-5 bottom-3 rounded-full! shadow-pop" onClick={toEnd}>
            <ArrowDown size={13} aria-hidden />
            {lines.length > seen ? `${(lines.length - seen).toLocaleString("en")} new lines` : "Follow"}
          </Button>
        )}
      </div>
    </section>
  );
}

function Line({
  raw,
  number,
  find,
  wrap,
  marked,
  folded,
  onNumber,
  onFold,
}: {
  raw: string;
  number: number;
  find: string;
  wrap: boolean;
  marked: boolean;
  folded: boolean | undefined;
  onNumber: () => void;
  onFold: () => void;
}) {
  const { at, kind, text } = readLine(raw);
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Link to line ${number}`}
        title={at}
        className={cn(
          "sticky left-0 w-14 shrink-0 bg-panel pr-2 text-right text-faint tabular-nums select-none hover:text-accent",
          marked && "bg-mark! text-ink",
        )}
        onClick={onNumber}
      >
        {number}
      </button>
      <div
        className={cn(
          "grow pr-4 pl-2",
          wrap ? "min-w-0 break-words whitespace-pre-wrap" : "whitespace-pre",
          kindClass[kind],
          marked && "bg-mark/50",
        )}
      >
        {folded === undefined ? null : (
          <button
            type="button"
            aria-expanded={!folded}
            aria-label={folded ? "Unfold" : "Fold"}
            className="mr-1 inline-grid size-4 place-items-center align-[-3px] text-soft select-none hover:text-ink"
            onClick={onFold}
          >
            {folded ? <ChevronRight size={13} aria-hidden /> : <ChevronDown size={13} aria-hidden />}
          </button>
        )}
        {text === "" ? "\u200b" : <AnsiText text={text} find={find} />}
      </div>
    </>
  );
}

function toggled(set: ReadonlySet<number>, item: number): Set<number> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

/** The place of `value` in a sorted list, or of the last one before it. */
function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sorted[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
