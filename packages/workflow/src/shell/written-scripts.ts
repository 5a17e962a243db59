import { callOf, nameOf, programAt } from "./command-word.ts";
import type { ShellCommand, ShellWord } from "./commands.ts";
import type { GivenCode } from "./given-code.ts";
import { inputOf } from "./input.ts";

/** A file that a script runs from `start` on, or all files of a kind. */
export type FileRun = { readonly file: string | RegExp; readonly program: string; readonly start: number };

/** What a script writes to files that it, or a later step, runs: `echo "run $X" > job.sh` and `bash job.sh`, by the command that writes. */
export function writtenScripts(
  commands: readonly ShellCommand[],
  later: readonly FileRun[],
): ReadonlyMap<ShellCommand, readonly GivenCode[]> {
  const code = new Map<ShellCommand, readonly GivenCode[]>();
  const writes = commands.flatMap((command) => filesWritten(command).map((file) => ({ command, file })));
  if (writes.length === 0) return code;
  const runs = [...filesRun(commands), ...later.map((run) => ({ ...run, start: Infinity }))];
  for (const { command, file } of writes) {
    const run = runs.find((each) => isFile(each, file) && each.start > command.start);
    if (run === undefined) continue;
    for (const writer of command.words[0]!.text === "}" ? groupOf(command, commands) : [command])
      code.set(
        writer,
        contentOf(writer).map((word) => ({ ...word, program: run.program })),
      );
  }
  return code;
}

/** Files that a script runs, by name or by kind. */
export function filesRun(commands: readonly ShellCommand[]): FileRun[] {
  return commands.flatMap((command) => fileRun(command) ?? []);
}

function isFile({ file: run }: FileRun, file: string): boolean {
  return typeof run === "string" ? run === file : run.test(file);
}

/** The commands between `{` and this `}`. */
function groupOf(command: ShellCommand, commands: readonly ShellCommand[]): readonly ShellCommand[] {
  const end = commands.indexOf(command);
  let depth = 1;
  for (let i = end - 1; i >= 0; i--) {
    const first = commands[i]!.words[0]!.text;
    if (first === "}") depth++;
    else if (first === "{" && --depth === 0) return commands.slice(i, end);
  }
  return [];
}

/** By `>`, `>>` or `tee`. */
function filesWritten({ words }: ShellCommand): string[] {
  const redirected = words.flatMap(({ text }, index) => {
    const [, file] = /^1?>{1,2}\|?(.*)$/.exec(text) ?? [];
    return file === undefined ? [] : [file === "" ? (words[index + 1]?.text ?? "") : file];
  });
  const { program, rest } = callOf(words);
  const named = program === "tee" ? rest.map(({ text }) => text).filter((text) => !/^[-<>]/.test(text)) : [];
  return [...redirected, ...named].map(fileName).filter((file) => file !== "");
}

/** What `echo` and `printf` put out, and what a here-document or a pipe hands to the others. */
function contentOf(command: ShellCommand): readonly ShellWord[] {
  const { program, rest } = callOf(command.words);
  if (!/^(?:echo|printf)$/.test(program)) return inputOf(command);
  const end = rest.findIndex(({ text }) => /^1?>/.test(text));
  const content = end < 0 ? rest : rest.slice(0, end);
  return content.some(({ text }) => text.includes("%q")) ? [] : content;
}

/** Programs that run what they find in a file of theirs. */
export const fileReaders: readonly { readonly name: RegExp; readonly among: RegExp; readonly files: RegExp }[] = [
  { name: /^(?:terraform|tofu)$/, among: /^(?:plan|apply|destroy|validate|import)$/, files: /\.tf(?:\.json)?$/ },
  {
    name: /^(?:docker|podman|buildah)$/,
    among: /^(?:build|bud|bake)$/,
    files: /(?:^|\/)(?:Docker|Container)file(?:\.\w+)?$/,
  },
  { name: /^g?make$/, among: /^g?make$/, files: /(?:^|\/)(?:GNUm|M|m)akefile$/ },
];

/** `bash file`, `./file`, `source file`, `sh < file` */
function fileRun({ words, start }: ShellCommand): FileRun | undefined {
  const at = programAt(words);
  if (at < 0) return undefined;
  const text = words[at]!.text;
  if (/^["']?(?:\.{0,2}\/|\$)/.test(text)) return { file: fileName(text), program: "the shell", start };
  const program = nameOf(text);
  const reader = fileReaders.find(
    ({ name, among }) => name.test(program) && words.some((word) => among.test(word.text)),
  );
  if (reader !== undefined) return { file: reader.files, program, start };
  if (!/^(?:(?:ba|da|z|k|a)?sh|source|\.|python[\d.]*|node|perl|ruby|php|pwsh)$/.test(program)) return undefined;
  const file = words.slice(at + 1).find(({ text }) => !/^(?:[-<]$|-[\w-]+$)/.test(text))?.text;
  return file === undefined ? undefined : { file: fileName(file.replace(/^</, "")), program, start };
}

/** The same for `./job.sh`, `"job.sh"` and `job.sh`. */
function fileName(text: string): string {
  return text.replaceAll(/["'{}]/g, "").replace(/^(?:\.\/)+/, "");
}
