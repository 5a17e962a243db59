import type { Control, ControlLevel, Scope } from "./control.ts";

/** The file in which every step finds what started its run, the inputs included. */
const eventFile = /\bGITHUB_EVENT_PATH\b|\bgithub\.event_path\b/;

/** Whether a script may hold a caller's value at all: it names a variable that has one, or makes itself one of an expression. */
export function mayHoldValues(script: string, { env }: Scope): boolean {
  const names = [...env.keys()];
  if (names.some((name) => script.includes(name)) || eventFile.test(script)) return true;
  if (names.length === 0) return false;
  // Not every shell and language minds the case of names.
  const text = script.toUpperCase();
  return text.includes("${{") || names.some((name) => text.includes(name.toUpperCase()));
}

/** What a substitution of a shell takes from that file: `$(jq -r .inputs.x "$GITHUB_EVENT_PATH")`. */
export function controlOfReading(text: string, inputs: Scope["inputs"]): Control | undefined {
  const at = text.search(eventFile);
  if (at < 0 || !/\$\(|`|<\(/.test(text.slice(0, at))) return undefined;
  const reads = /\b(?:cat|jq|yq|grep|sed|awk|head|tail|python\d?|node|ruby|perl)\b/.test(text);
  return reads && !answers.test(text) ? controlOfPart(text, inputs) : undefined;
}

/** What a program takes from that file in one expression: `json.load(open(os.environ["GITHUB_EVENT_PATH"]))["inputs"]["x"]`. */
export function controlOfLoading(code: string, inputs: Scope["inputs"]): Control | undefined {
  if (!eventFile.test(code)) return undefined;
  return /\b(?:open|read_text|read_bytes|require|readFile|readFileSync|Get-Content|gc|cat|ReadAllText)\b/.test(code)
    ? controlOfPart(code, inputs)
    : undefined;
}

/** Of a variable that holds the whole event, what `code` takes: an input by its type, nothing where it is about the repository. */
export function controlOfPart(code: string, inputs: Scope["inputs"]): Control | undefined {
  const name = /\binputs\b["'\]?]*[.[]\s*["']?([A-Za-z_][\w-]*)/.exec(code)?.[1]?.toLowerCase();
  const level: ControlLevel | undefined = name === undefined ? undefined : inputs.get(name);
  if (level !== undefined) return { level, through: `inputs.${name}` };
  if (/[."'](?:repository|sender|organization|enterprise|workflow)\b/.test(code)) return undefined;
  return wholeEvent;
}

export const wholeEvent: Control = { level: "high", through: "github.event" };

/** What a filter answers about a text that it does not put out. */
const answers = /\|\s*(?:length|tonumber|keys|type|test\(|wc\b)|[=!]=|\bhas\(|\b(?:wc|sha\d+sum|md5sum)\b/;
