import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { type Command, keymap } from "@codemirror/view";

/** Searching and replacing in the editor, with its keys. */
export const editorSearch = [search({ top: true }), highlightSelectionMatches(), keymap.of(searchKeymap)];

export function commandOf(key: string): Command | undefined {
  return searchKeymap.find((binding) => binding.key === key)?.run;
}
