import { anyChars, asciiOf, charsFrom, charsOf, except, type Charset } from "../chars/charset.ts";
import type { Control } from "./control.ts";

const control = charsFrom("\0", "\x1f") | charsOf("\x7f");

/** What shells read as more than a text, and other languages as an end of one. */
export const codeChars: Charset = control | charsOf(" ;&|<>()$`\\\"'*?[]{}~#!=%");

/** All but digits and operators: a name is looked up, and its value evaluated in turn. */
export const arithmeticChars: Charset = except(charsFrom("0", "9") | charsOf(" .,+-*/%<>=&|^~!?:()"));

/** What ends a text of a query, or the query. */
const queryChars: Charset = charsOf("'\"`\\;\n\r\0");

/** A file of the runner is read line by line. */
export const lineChars: Charset = charsOf("\n");

/** Whether nothing that matters is left of a value. */
export function isHarmless({ chars = anyChars }: Pick<Control, "chars">, special: Charset): boolean {
  return (chars & special) === 0n;
}

/** By the program that reads a value as code. */
export function specialFor(program: string): Charset {
  return queries.test(program) ? queryChars : codeChars;
}

const queries = /^(?:psql|mysql|mariadb|sqlite3|sqlcmd|clickhouse|clickhouse-client|duckdb|cqlsh|bq)$/;

/** Some of the characters that are left, as a message names them: `;`, a space. */
export function namesOf(set: Charset): string {
  const names = asciiOf(set).map((char) => spoken[char] ?? (char < " " ? "control characters" : char));
  const shown = [...new Set(names)].slice(0, 4);
  return shown.join(" ") + (new Set(names).size > shown.length ? " …" : "");
}

const spoken: Readonly<Record<string, string>> = { " ": "(space)", "\n": "(line break)", "\t": "(tab)" };
