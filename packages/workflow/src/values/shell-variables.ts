import { anyChars, type Charset } from "../chars/charset.ts";
import { charsKeptBy, charsOfExpansion } from "../guards/keeps.ts";
import type { Guards } from "../guards/shell-guards.ts";
import { expansionsIn } from "../shell/expansions.ts";
import { isDocument } from "../shell/here-document.ts";
import { endOfSpan } from "../shell/spans.ts";
import { controlOfText, narrowedTo, strongest, type Control, type Scope } from "./control.ts";
import { controlOfReading } from "./event-file.ts";
import { isQuoting, withoutQuoted } from "./requoting.ts";
import { codeChars, isHarmless } from "./special-characters.ts";

// Which variables of a shell script carry a caller's value, as a reviewer reads it.

/** The variables that carry a caller's value. */
export type ShellValues = Pick<ReadonlyMap<string, Control>, "get">;

/** What is left of them at an offset of the script. */
export function valuesAt(values: ShellValues, guards: Guards, at: number): ShellValues {
  return {
    get(name) {
      const control = values.get(name);
      return control === undefined ? undefined : narrowedTo(control, guards.charsAt(at, name));
    },
  };
}

/** What a variable holds that is given a text of shell. */
export function assignedControl(text: string, values: ShellValues, scope: Scope): Control | undefined {
  const controlIn = (part: string) =>
    strongest([controlOfText(part, scope), controlOfShell(part, values, scope, anyChars)]);
  const control = controlIn(text);
  if (control === undefined || !isQuoting(text, values)) return control;
  return controlIn(withoutQuoted(text, values)) === undefined ? { ...control, quoted: true } : control;
}

/**
 * The strongest of the variables that a piece of shell puts out, and of what it reads from the file of the event.
 *
 * @param special the characters that matter where it is put: a value without them does not count
 */
export function controlOfShell(
  text: string,
  values: ShellValues,
  { inputs }: Pick<Scope, "inputs">,
  special: Charset = codeChars,
): Control | undefined {
  const found = [controlOfReading(text, inputs)];
  for (const { piece, chars } of piecesOf(text, anyChars)) {
    for (const { name, operation } of expansionsIn(piece)) {
      const control = values.get(name);
      if (control === undefined) continue;
      const left = narrowedTo(control, chars & charsOfExpansion(operation));
      if (!isHarmless(left, special)) found.push({ ...left, variable: name });
    }
  }
  return strongest(found);
}

/** A piece of shell, and the characters of what is put into it that can come out. */
type Piece = { readonly piece: string; readonly chars: Charset };

/** What is expanded of a text, and apart from it the commands of its `$( … )` that pass on what they are given. */
function piecesOf(text: string, chars: Charset): Piece[] {
  const quotes = !isDocument(text);
  const pieces: Piece[] = [];
  let piece = "";
  let double = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '"' && text[i - 1] !== "\\") double = !double;
    if (char === "'" && quotes && !double && text.includes("'", i + 1)) {
      i = text.indexOf("'", i + 1);
    } else if (char === "$" && text[i + 1] === "(") {
      const end = endOfSpan(text, i, text.length) ?? text.length;
      // What $(( … )) puts out is a number.
      const commands = text.slice(i + 2, end - 1);
      if (/^\s*(?:echo|printf|cat|base64|sed|tr|cut|awk|jq|sort|uniq|head|tail|tac|paste)\b/.test(commands))
        pieces.push(...piecesOf(commands, chars & charsKeptBy(commands)));
      i = end - 1;
    } else piece += char;
  }
  return [{ piece, chars }, ...pieces];
}

/** What is expanded of a text, but for programs that put out none of the `special` characters that they are given. */
export function expandedIn(text: string, special: Charset): string {
  return piecesOf(text, anyChars)
    .filter(({ chars }) => !isHarmless({ chars }, special))
    .map(({ piece }) => piece)
    .join(" ");
}
