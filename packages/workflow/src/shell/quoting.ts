import { endOfHereDocument, hereDocumentAt, type HereDocument } from "./here-document.ts";

/** In what a place of a shell script stands. */
export type Quoting = "none" | "single" | "double" | "heredoc";

/** A place where no variable is expanded: a comment, a here-document whose delimiter is quoted, or `$'…'`. */
type Unexpanded = "comment" | "literal" | "escaped";

/** How the text at `offset` is quoted; `undefined` where no variable would be expanded. */
export function quotingAt(script: string, offset: number): Quoting | undefined {
  return quotingIn(script)(offset);
}

/** The same for several places of a script, which are asked for in their order. */
export function quotingIn(script: string): (offset: number) => Quoting | undefined {
  const placeAt = shellPlacesIn(script);
  return (offset) => {
    const place = placeAt(offset);
    return place === "comment" || place === "literal" || place === "escaped" ? undefined : place;
  };
}

/** In what the text at `offset` stands. */
export function shellPlaceAt(script: string, offset: number): Quoting | Unexpanded {
  return shellPlacesIn(script)(offset);
}

function shellPlacesIn(script: string): (offset: number) => Quoting | Unexpanded {
  // What is open around the place: " ' and the beginnings of $( … ) and ` … `, innermost last.
  const open: ('"' | "'" | "(" | "`")[] = [];
  let documents: HereDocument[] = [];
  // A comment, a text in $'…', or the bodies of here-documents, that begin at `i`.
  let bodies: { end: number; next: number; place: Quoting | Unexpanded }[] = [];
  let i = 0;
  return (offset) => {
    while (i < offset || bodies.length > 0) {
      const [body, ...others] = bodies;
      if (body === undefined) i = next();
      else if (offset < body.end) return body.place;
      else [i, bodies] = [body.next, others];
    }
    return open.at(-1) === '"' ? "double" : open.at(-1) === "'" ? "single" : "none";
  };

  /** Reads what stands at `i`, and tells where to go on. */
  function next(): number {
    const char = script[i];
    const inner = open.at(-1);
    // An expression is no shell text; its quotes are its own.
    if (script.startsWith("${{", i)) {
      const end = script.indexOf("}}", i);
      if (end >= 0) return end + 2;
    }
    if (inner === "'") {
      if (char === "'") open.pop();
      return i + 1;
    }
    if (char === "\\") return i + 2;
    if (char === "`") {
      if (inner === "`") open.pop();
      else open.push("`");
    } else if (char === '"') {
      if (inner === '"') open.pop();
      else open.push('"');
    } else if (script.startsWith("$(", i)) {
      open.push("(");
      return i + 2;
    } else if (inner === '"') return i + 1;
    else if (script.startsWith("$'", i)) {
      const length = /^\$'(?:\\[\s\S]|[^'\\])*'/.exec(script.slice(i))?.[0].length ?? script.length + 1 - i;
      bodies = [{ end: i + length, next: i + length, place: "escaped" }];
    } else if (char === "'") open.push("'");
    else if (char === "(" && inner === "(") open.push("(");
    else if (char === ")" && inner === "(") open.pop();
    else if (char === "#" && /^$|[\s;]/.test(script[i - 1] ?? "")) {
      const end = script.indexOf("\n", i);
      const stop = end < 0 ? script.length + 1 : end;
      bodies = [{ end: stop, next: stop, place: "comment" }];
    } else if (char === "<") {
      const document = hereDocumentAt(script, i);
      if (document === undefined) return i + 1;
      documents.push(document);
      return i + document.length;
    } else if (char === "\n" && documents.length > 0) {
      let from = i + 1;
      bodies = documents.map(({ word, literal }) => {
        const [end, next] = endOfHereDocument(script, from, script.length, word);
        from = next + 1;
        return { end, next, place: literal ? "literal" : "heredoc" };
      });
      documents = [];
    }
    return i + 1;
  }
}
