import { formatLine, isAtLeast, type LogLine } from "./log-line.ts";

export interface LogStream {
  /** One line of a service's output. */
  readonly write: (name: string, line: string) => void;
  /** From now on lines show at once; of those held back only what matters. */
  readonly open: () => void;
  /** Shows everything held back: the start failed. */
  readonly showHeld: () => void;
}

const most_held = 5_000;

/** One stream out of many services. While the start is under way its lines are held back, unless `held` is false. */
export function createLogStream({
  held,
  colour,
  print,
}: {
  held: boolean;
  colour: boolean;
  print: (text: string) => void;
}): LogStream {
  let waiting: LogLine[] | undefined = held ? [] : undefined;
  const release = (wanted: (line: LogLine) => boolean) => {
    for (const line of waiting?.filter(wanted) ?? []) print(line.text);
    waiting = undefined;
  };
  return {
    write: (name, text) => {
      const line = formatLine(name, text, { colour });
      if (waiting === undefined) print(line.text);
      else if (waiting.length < most_held) waiting.push(line);
    },
    open: () => release((line) => isAtLeast(line.level, "error")),
    showHeld: () => release(() => true),
  };
}
