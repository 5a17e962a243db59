import { nameOf, programAt } from "./shell-command-word.ts";
import type { ShellCommand, ShellWord } from "./shell-commands.ts";
import { inputOf } from "./shell-input.ts";
import type { GivenCode } from "./shell-programs.ts";

/** What a script writes to files that it runs later: `echo "run $X" > job.sh` and `bash job.sh`, by the command that writes. */
export function writtenScripts(commands: readonly ShellCommand[]): ReadonlyMap<ShellCommand, readonly GivenCode[]> {
  const code = new Map<ShellCommand, readonly GivenCode[]>();
  const writes = commands.flatMap((command) => filesWritten(command).map((file) => ({ command, file })));
  if (writes.length === 0) return code;
  const runs = commands.flatMap((command) => fileRun(command) ?? []);
  for (const { command, file } of writes) {
    const run = runs.find((each) => each.file === file && each.start > command.start);
    if (run !== undefined)
      code.set(
        command,
        contentOf(command).map((word) => ({ ...word, program: run.program })),
      );
  }
  return code;
}

/** By `>`, `>>` or `tee`. */
function filesWritten({ words }: ShellCommand): string[] {
  const redirected = words.flatMap(({ text }, index) => {
    const [, file] = /^1?>{1,2}\|?(.*)$/.exec(text) ?? [];
    return file === undefined ? [] : [file === "" ? (words[index + 1]?.text ?? "") : file];
  });
  const at = programAt(words);
  const named = words.slice(at + 1).filter(({ text }) => !/^[-<>]/.test(text));
  const tee = nameOf(words[at]?.text ?? "") === "tee" ? named.map(({ text }) => text) : [];
  return [...redirected, ...tee].map(fileName).filter((file) => file !== "");
}

/** What `echo` and `printf` put out, and what a here-document or a pipe hands to the others. */
function contentOf(command: ShellCommand): readonly ShellWord[] {
  const { words } = command;
  const at = programAt(words);
  if (!/^(?:echo|printf)$/.test(nameOf(words[at]?.text ?? ""))) return inputOf(command);
  const end = words.findIndex(({ text }) => /^1?>/.test(text));
  const content = words.slice(at + 1, end < 0 ? undefined : end);
  return content.some(({ text }) => text.includes("%q")) ? [] : content;
}

/** `bash file`, `./file`, `source file`, `sh < file` */
function fileRun({ words, start }: ShellCommand): { file: string; program: string; start: number } | undefined {
  const at = programAt(words);
  if (at < 0) return undefined;
  const text = words[at]!.text;
  if (/^["']?(?:\.{0,2}\/|\$)/.test(text)) return { file: fileName(text), program: "the shell", start };
  const program = nameOf(text);
  if (!/^(?:(?:ba|da|z|k|a)?sh|source|\.|python[\d.]*|node|perl|ruby|php|pwsh)$/.test(program)) return undefined;
  const file = words.slice(at + 1).find(({ text }) => !/^(?:[-<]$|-[\w-]+$)/.test(text))?.text;
  return file === undefined ? undefined : { file: fileName(file.replace(/^</, "")), program, start };
}

/** The same for `./job.sh`, `"job.sh"` and `job.sh`. */
function fileName(text: string): string {
  return text.replaceAll(/["'{}]/g, "").replace(/^(?:\.\/)+/, "");
}
