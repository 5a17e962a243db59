export type ScriptLine = { readonly text: string; readonly start: number };

/** The lines of a script, and where in it each begins. */
export function linesOf(script: string): ScriptLine[] {
  let start = 0;
  return script.split("\n").map((text) => {
    const line = { text, start };
    start += text.length + 1;
    return line;
  });
}
