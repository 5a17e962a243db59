import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  type CompletionSource,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  codeFolding,
  foldable,
  foldEffect,
  foldGutter,
  foldKeymap,
  forceParsing,
  indentOnInput,
  indentUnit,
} from "@codemirror/language";
import {
  type Diagnostic as Mark,
  forEachDiagnostic,
  lintGutter,
  nextDiagnostic,
  previousDiagnostic,
  setDiagnostics,
} from "@codemirror/lint";
import { Compartment, EditorState, type StateEffect, type Text } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  type KeyBinding,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { useEffect, useRef } from "react";
import { editorLook } from "../yaml/editor-look.ts";
import { askWorker } from "./ask-worker.ts";

export type Cursor = { readonly line: number; readonly column: number };
export type EditorHandle = {
  /** Goes there, with the focus. */
  reveal: (line: number, column: number) => void;
  /** Puts the cursor there and scrolls to it; the focus stays where it is. */
  show: (line: number, column: number) => void;
};

/** The text as code. `text` is the truth: what it changes elsewhere is put in as the smallest change, so cursor and undo survive. */
export default function YamlEditor({
  text,
  readOnly,
  problems,
  onChange,
  onFix,
  onCursor,
  onReady,
}: {
  text: string;
  readOnly: boolean;
  problems: readonly Diagnostic[];
  onChange: (text: string) => void;
  onFix: (diagnostic: Diagnostic) => void;
  onCursor: (cursor: Cursor) => void;
  onReady: (handle: EditorHandle) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const calls = useRef({ onChange, onFix, onCursor, onReady });
  calls.current = { onChange, onFix, onCursor, onReady };
  const first = useRef({ text, readOnly });

  useEffect(() => {
    if (place.current === null) return undefined;
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.current.text,
        extensions: [
          ...extensions,
          writing.of(EditorState.readOnly.of(first.current.readOnly)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) calls.current.onChange(update.state.doc.toString());
            if (update.docChanged || update.selectionSet) calls.current.onCursor(cursorOf(update.state));
          }),
        ],
      }),
    });
    // What scrolls can be reached by keyboard.
    view.scrollDOM.tabIndex = 0;
    editor.current = view;
    foldContract(view);
    const show = (line: number, column: number): void => {
      const at = offsetOf(view.state.doc, line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    };
    calls.current.onReady({
      show,
      reveal: (line, column) => {
        show(line, column);
        view.focus();
      },
    });
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, []);

  useEffect(() => {
    const view = editor.current;
    if (view === null) return;
    const change = smallestChange(view.state.doc.toString(), text);
    if (change !== undefined) view.dispatch({ changes: change });
  }, [text]);

  useEffect(() => {
    editor.current?.dispatch({ effects: writing.reconfigure(EditorState.readOnly.of(readOnly)) });
  }, [readOnly]);

  useEffect(() => {
    const view = editor.current;
    if (view === null) return;
    const marks = problems.map((problem) => toMark(view.state.doc, problem, () => calls.current.onFix(problem)));
    view.dispatch(setDiagnostics(view.state, marks));
  }, [problems]);

  return <div ref={place} className="h-full min-h-0 overflow-hidden [&>.cm-editor]:h-full" />;
}

const parse_ms = 50;

/** The jobs that talk with infraskill are long and nobody's to write: they begin folded. A cursor that goes into one opens it. */
function foldContract(view: EditorView): void {
  forceParsing(view, view.state.doc.length, parse_ms);
  const { doc } = view.state;
  let inJobs = false;
  const effects: StateEffect<unknown>[] = [];
  for (let number = 1; number <= doc.lines; number++) {
    const { text, from, to } = doc.line(number);
    if (/^\S/.test(text)) inJobs = text.startsWith("jobs:");
    if (!inJobs || !/^ {1,4}(claim|report):\s*(#.*)?$/.test(text)) continue;
    const range = foldable(view.state, from, to);
    if (range !== null) effects.push(foldEffect.of(range));
  }
  view.dispatch({ effects });
}

const writing = new Compartment();

const searching = new Compartment();
const searchKeys = ["Mod-f", "F3", "Mod-g", "Mod-d", "Mod-Alt-g", "Mod-Shift-l"];

/** Searching is loaded with the first key that asks for it, which it then obeys. */
function toStart(key: string): KeyBinding {
  return {
    key,
    run: (view) => {
      void startSearching(view, key);
      return true;
    },
  };
}

async function startSearching(view: EditorView, key: string): Promise<void> {
  const { editorSearch, commandOf } = await import("./editor-search.ts");
  view.dispatch({ effects: searching.reconfigure(editorSearch) });
  commandOf(key)?.(view);
}

const completeYaml: CompletionSource = async (context) => {
  const { state, pos, explicit } = context;
  if (!explicit && context.matchBefore(/[\w.-]+$|\$\{\{[^}]*$/) === null) return null;
  const proposals = await askWorker({ kind: "complete", text: state.doc.toString(), offset: pos });
  if (proposals.length === 0) return null;
  const from = Math.min(...proposals.map((proposal) => proposal.from));
  return {
    from,
    filter: true,
    options: proposals.map(({ label, detail, info, insert }) => ({
      label,
      apply: insert,
      ...(detail === undefined ? {} : { detail }),
      ...(info === undefined ? {} : { info }),
    })),
  };
};

const explainYaml = hoverTooltip(async (view, position) => {
  const found = await askWorker({ kind: "hover", text: view.state.doc.toString(), offset: position });
  if (found === undefined) return null;
  return {
    pos: found.from,
    end: found.to,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "max-w-md whitespace-pre-wrap px-2 py-1 text-xs";
      dom.textContent = found.text.replaceAll(/\[([^\]]*)\]\([^)]*\)|[*`]/g, "$1");
      return { dom };
    },
  };
});

/** Ctrl-. or ⌘.: carries out the first fix of what is wrong at the cursor. */
function fixAtCursor(view: EditorView): boolean {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  let done = false;
  forEachDiagnostic(view.state, (mark, from, to) => {
    const action = mark.actions?.[0];
    if (done || action === undefined || to < line.from || from > line.to) return;
    done = true;
    action.apply(view, from, to);
  });
  return done;
}

const extensions = [
  lineNumbers(),
  highlightActiveLineGutter(),
  highlightActiveLine(),
  history(),
  codeFolding(),
  foldGutter(),
  drawSelection(),
  indentOnInput(),
  indentUnit.of("  "),
  bracketMatching(),
  closeBrackets(),
  lintGutter(),
  autocompletion({ override: [completeYaml], icons: false }),
  explainYaml,
  yaml(),
  editorLook,
  searching.of(keymap.of(searchKeys.map(toStart))),
  EditorState.tabSize.of(2),
  EditorView.contentAttributes.of({ "aria-label": "YAML", spellcheck: "false" }),
  keymap.of([
    { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
    { key: "Mod-.", run: fixAtCursor },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...foldKeymap,
    ...historyKeymap,
    ...defaultKeymap,
    indentWithTab,
  ]),
];

function toMark(text: Text, problem: Diagnostic, fix: () => void): Mark {
  const from = offsetOf(text, problem.line, problem.column);
  const to = Math.max(from, offsetOf(text, problem.end_line, problem.end_column));
  return {
    from,
    to,
    severity: problem.severity,
    source: problem.rule,
    message: problem.message,
    ...(problem.fix === null ? {} : { actions: [{ name: problem.fix.title, apply: fix }] }),
  };
}

function offsetOf(text: Text, line: number, column: number): number {
  const found = text.line(Math.min(Math.max(1, line), text.lines));
  return Math.min(found.from + Math.max(0, column - 1), found.to);
}

function cursorOf({ doc, selection }: EditorState): Cursor {
  const line = doc.lineAt(selection.main.head);
  return { line: line.number, column: selection.main.head - line.from + 1 };
}

/** The stretch in which two texts differ. */
function smallestChange(before: string, after: string): { from: number; to: number; insert: string } | undefined {
  if (before === after) return undefined;
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
