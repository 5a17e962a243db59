import { complete } from "@actions/languageservice/complete";
import { hover } from "@actions/languageservice/hover";
import { clearCache } from "@actions/languageservice/utils/workflow-cache";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Answers } from "./messages.ts";
import { serveQuestions } from "./serve-questions.ts";

const uri = "file:///.github/workflows/skill.yml";

/** Completion and hover, beside the page's own thread and beside the checks. */
serveQuestions({
  complete: (ask) => proposals(document(ask.text), ask.offset),
  hover: (ask) => explanation(document(ask.text), ask.offset),
});

/** The service caches what it parsed by URI, whatever the text: a changed text needs a cleared cache. */
function document(text: string): TextDocument {
  clearCache();
  return TextDocument.create(uri, "yaml", 1, text);
}

async function proposals(text: TextDocument, offset: number): Promise<Answers["complete"]> {
  const items = await complete(text, text.positionAt(offset));
  return items.map(({ label, detail, documentation, textEdit, insertText }) => {
    const range = textEdit !== undefined && "range" in textEdit ? textEdit.range : undefined;
    return {
      label,
      detail,
      info: typeof documentation === "string" ? documentation : documentation?.value,
      from: range === undefined ? offset : text.offsetAt(range.start),
      to: range === undefined ? offset : text.offsetAt(range.end),
      insert: textEdit?.newText ?? insertText ?? label,
    };
  });
}

async function explanation(text: TextDocument, offset: number): Promise<Answers["hover"]> {
  const found = await hover(text, text.positionAt(offset));
  if (found?.range === undefined) return undefined;
  const { contents, range } = found;
  const words = typeof contents === "string" ? contents : "value" in contents ? contents.value : "";
  return words === "" ? undefined : { text: words, from: text.offsetAt(range.start), to: text.offsetAt(range.end) };
}
