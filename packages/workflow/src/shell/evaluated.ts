import { assignmentIn, programAt } from "./command-word.ts";
import type { ShellCommand, ShellWord } from "./commands.ts";

/** Text in which bash looks for arithmetic, or for a name with a subscript. Offsets are in the script. */
export type Evaluated = {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  /** Variables count without `$` too. */
  readonly bare: boolean;
};

/** Names that a script declares to be associative: their subscripts are texts. */
export function associativeNames(commands: readonly ShellCommand[]): ReadonlySet<string> {
  return new Set(
    commands.flatMap(({ words }) => {
      const [first, ...rest] = words.slice(Math.max(programAt(words), 0));
      if (!declares.test(first?.text ?? "") || !rest.some(({ text }) => /^-\w*A/.test(text))) return [];
      return rest.map(({ text }) => assignmentIn(text)?.name ?? text);
    }),
  );
}

/** What a command of bash evaluates of its words, beyond the expansions in them. */
export function evaluatedBy(command: ShellCommand, associative: ReadonlySet<string>): Evaluated[] {
  const { words } = command;
  const subscripts = words.flatMap((word) => subscriptsIn(word, associative));
  const at = programAt(words);
  if (at < 0) return subscripts;
  const rest = words.slice(at + 1);
  const name = words[at]!.text;
  if (name.startsWith("((")) return [arithmetic(words[at]!)];
  if (name === "for") return rest.filter(({ text }) => text.startsWith("((")).map(arithmetic);
  if (name === "[[") return [...conditionIn(rest), ...namesIn(behind(/^-v$/, rest))];
  if (name === "[" || name === "test") return namesIn(behind(/^-v$/, rest));
  if (name === "printf") return namesIn(behind(/^-v$/, rest));
  if (name === "unset") return rest.some(({ text }) => text === "-f") ? [] : namesIn(rest);
  if (name === "read") return namesIn(rest.filter((_, index) => !/^-\w*[adinNptu]$/.test(rest[index - 1]?.text ?? "")));
  if (name === "let") return rest.length === 0 ? [] : [{ ...joined(rest), bare: true }];
  if (declares.test(name)) return [...subscripts, ...declared(rest)];
  return subscripts;
}

const declares = /^(?:declare|typeset|local)$/;

/** `(( … ))` */
function arithmetic({ text, start, end }: ShellWord): Evaluated {
  return { code: text.slice(2, -2), start: start + 2, end: end - 2, bare: true };
}

/** Either side of `-eq` and its like in `[[ … ]]`. */
function conditionIn(rest: readonly ShellWord[]): Evaluated[] {
  const compared = rest.flatMap((word, index) =>
    /^-(?:eq|ne|lt|le|gt|ge)$/.test(word.text) ? rest.filter((_, other) => Math.abs(other - index) === 1) : [],
  );
  return compared.map(({ text, start, end }) => ({ code: text, start, end, bare: true }));
}

function behind(option: RegExp, words: readonly ShellWord[]): readonly ShellWord[] {
  return words.filter((_, index) => option.test(words[index - 1]?.text ?? ""));
}

function namesIn(words: readonly ShellWord[]): Evaluated[] {
  return words.map(({ text, start, end }) => ({ code: text, start, end, bare: false }));
}

/** `declare -i n="$X"`, and `declare "$X=1"`, which names what it sets. */
function declared(rest: readonly ShellWord[]): Evaluated[] {
  const integer = rest.some(({ text }) => /^-\w*i/.test(text));
  return rest.flatMap((word) => {
    const assignment = assignmentIn(word.text);
    if (assignment === undefined) {
      const name = word.text.split("=", 1)[0]!;
      return name === word.text ? [] : namesIn([{ ...word, text: name }]);
    }
    const start = word.end - assignment.value.length;
    return integer ? [{ code: assignment.value, start, end: word.end, bare: true }] : [];
  });
}

/** `list[$X]=1`, `list=([$X]=1)` */
function subscriptsIn({ text, start }: ShellWord, associative: ReadonlySet<string>): Evaluated[] {
  const assignment = assignmentIn(text);
  if (assignment === undefined || associative.has(assignment.name)) return [];
  return [...text.matchAll(/\[([^\]]+)\]\+?=/g)].map((match) => {
    const at = start + match.index + 1;
    return { code: match[1]!, start: at, end: at + match[1]!.length, bare: true };
  });
}

function joined(words: readonly ShellWord[]): Omit<Evaluated, "bare"> {
  return { code: words.map(({ text }) => text).join(" "), start: words[0]!.start, end: words.at(-1)!.end };
}
