import { syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import "./yaml.css";

const theme = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--ink)", fontSize: "0.75rem", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.25rem" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  // Text that is scrolled sideways goes behind the numbers, not through them.
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--ink-faint)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in oklch, var(--accent) 7%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in oklch, var(--accent) 26%, transparent)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--panel)",
    color: "var(--ink)",
    border: "1px solid var(--line-strong)",
    borderRadius: "5px",
    boxShadow: "var(--shadow-pop)",
  },
  ".cm-tooltip-autocomplete > ul > li": { padding: "2px 8px" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--ink)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-textfield": { backgroundColor: "var(--panel)", border: "1px solid var(--field)", borderRadius: "3px" },
  ".cm-button": {
    background: "var(--panel)",
    border: "1px solid var(--line-strong)",
    borderRadius: "3px",
    color: "inherit",
  },
  ".cm-searchMatch": { backgroundColor: "var(--mark)" },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--sunken)",
    border: "1px solid var(--line)",
    color: "var(--ink-soft)",
  },
  ".cm-diagnostic": { borderLeft: "none", padding: "4px 8px", maxWidth: "36rem" },
  ".cm-diagnosticAction": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
    borderRadius: "3px",
    padding: "1px 6px",
    margin: "0 0 0 8px",
  },
  ".cm-changedLine": { backgroundColor: "color-mix(in oklch, var(--good) 13%, transparent) !important" },
  ".cm-changedText": { background: "color-mix(in oklch, var(--good) 26%, transparent) !important" },
  ".cm-deletedChunk": {
    backgroundColor: "color-mix(in oklch, var(--bad) 11%, transparent) !important",
    paddingLeft: "6px",
  },
  ".cm-deletedChunk .cm-deletedText, .cm-deletedText": {
    background: "color-mix(in oklch, var(--bad) 24%, transparent) !important",
    textDecoration: "none",
  },
  ".cm-collapsedLines": {
    background: "var(--sunken) !important",
    color: "var(--ink-soft)",
    borderBlock: "1px solid var(--line)",
    "&:before, &:after": { content: '"⋯" !important' },
  },
});

/** The editor's colours come from the page's own variables, so that both themes are one. */
export const editorLook = [theme, syntaxHighlighting(classHighlighter)];
