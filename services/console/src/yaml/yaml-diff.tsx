import { yaml } from "@codemirror/lang-yaml";
import { unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { editorLook } from "./editor-look.ts";

/** Two texts in one column: what went is struck, what came is marked, what stayed is folded away. */
export default function YamlDiff({ before, after }: { before: string; after: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: after,
        extensions: [
          lineNumbers(),
          yaml(),
          editorLook,
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ "aria-label": "Changes" }),
          ...(before === ""
            ? []
            : [
                unifiedMergeView({
                  original: before,
                  mergeControls: false,
                  gutter: true,
                  collapseUnchanged: { margin: 3, minSize: 6 },
                }),
              ]),
        ],
      }),
    });
    view.scrollDOM.tabIndex = 0;
    return () => view.destroy();
  }, [before, after]);
  return (
    <>
      {before === after && <p className="border-b border-line px-3 py-2 text-soft">Both texts are the same.</p>}
      <div ref={place} className="max-h-[70vh] overflow-auto" />
    </>
  );
}
