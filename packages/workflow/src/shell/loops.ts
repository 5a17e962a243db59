import type { ShellCommand } from "./commands.ts";
import { inputOf } from "./input.ts";

/** What the commands of a loop read from behind its `done`: `done <<< "$X"`, `done < <(…)`, and from the pipe in front of it. */
export function loopInputs(commands: readonly ShellCommand[]): ReadonlyMap<ShellCommand, readonly string[]> {
  const inputs = new Map<ShellCommand, readonly string[]>();
  if (!commands.some(isRead)) return inputs;
  const open: ShellCommand[][] = [];
  for (const command of commands) {
    const first = command.words[0]!.text;
    if (/^(?:for|select|while|until)$/.test(first)) open.push([command]);
    else if (first !== "done") open.at(-1)?.push(command);
    else {
      const loop = open.pop() ?? [];
      const texts = [command, ...loop.slice(0, 1)].flatMap((each) => inputOf(each).map(({ text }) => text));
      for (const each of loop) if (texts.length > 0 && isRead(each) && !inputs.has(each)) inputs.set(each, texts);
    }
  }
  return inputs;
}

function isRead({ words }: ShellCommand): boolean {
  return words.some(({ text }) => /^(?:read|mapfile|readarray)$/.test(text));
}
