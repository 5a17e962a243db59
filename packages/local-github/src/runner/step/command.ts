export type Command = {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
};

/** The commands a runner takes; anything else that looks like one is plain output. */
const names = new Set([
  "add-mask",
  "add-matcher",
  "add-path",
  "debug",
  "echo",
  "endgroup",
  "error",
  "group",
  "notice",
  "remove-matcher",
  "save-state",
  "set-env",
  "set-output",
  "stop-commands",
  "warning",
]);

/** Reads a line `::name key=value,key=value::data`; undefined where it is ordinary output. */
export function readCommand(line: string): Command | undefined {
  const text = line.trimStart();
  if (!text.startsWith("::")) return undefined;
  const end = text.indexOf("::", 2);
  if (end < 0) return undefined;
  const head = text.slice(2, end);
  const blank = head.indexOf(" ");
  const name = (blank < 0 ? head : head.slice(0, blank)).toLowerCase();
  if (!names.has(name)) return undefined;
  return {
    name,
    properties: blank < 0 ? {} : readProperties(head.slice(blank + 1)),
    data: unescapeData(text.slice(end + 2)),
  };
}

function readProperties(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(",").flatMap((part): [string, string][] => {
      const equals = part.indexOf("=");
      const value = part.slice(equals + 1);
      return equals < 1 || value === "" ? [] : [[part.slice(0, equals).trim(), unescapeProperty(value)]];
    }),
  );
}

function unescapeData(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll("%3A", ":").replaceAll("%2C", ","));
}
