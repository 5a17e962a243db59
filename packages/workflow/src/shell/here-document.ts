/** The beginning of a here-document: `<<EOF`, `<<-"EOF"`, `<<\EOF`. */
export type HereDocument = {
  readonly word: string;
  /** Nothing in it is expanded. */
  readonly literal: boolean;
  /** Characters from `<<` to behind the word. */
  readonly length: number;
};

/** The here-document that begins at `at`, where `<<` stands; undefined for `<<<`, and for a shift of bits. */
export function hereDocumentAt(script: string, at: number): HereDocument | undefined {
  if (!script.startsWith("<<", at) || script[at + 2] === "<" || script[at - 1] === "<") return undefined;
  const found = /^<<-?[ \t]*(?:(["'])([^"'\n]{1,80})\1|(\\?)([A-Za-z_][\w.-]*))/.exec(script.slice(at, at + 120));
  if (found === null) return undefined;
  const [{ length }, quote, quoted, escape, plain] = found;
  return { word: quoted ?? plain!, literal: quote !== undefined || escape !== "", length };
}

/** Where the line with its last word begins and ends, for a body that begins at `from`; both are `to` where it never ends. */
export function endOfHereDocument(script: string, from: number, to: number, word: string): [stop: number, end: number] {
  for (let start = from; start < to;) {
    const newline = script.indexOf("\n", start);
    const end = newline < 0 || newline > to ? to : newline;
    if (script.slice(start, end).trim() === word) return [start, end];
    start = end + 1;
  }
  return [to, to];
}

/** Whether a text is the body of one, in which quotes quote nothing, and no word. */
export function isDocument(text: string): boolean {
  return text.includes("\n") && !/^["']/.test(text);
}
