/** A parameter that a piece of shell expands, and what is done to it: `:-word` of `${NAME:-word}`. */
type Expansion = { readonly name: string; readonly operation: string };

const parameters =
  /\$(?:env:(\w+)|([A-Za-z_]\w*|[1-9@*])|\{([A-Za-z_]\w*|[1-9@*])((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\})/g;

/** Those in the other text of `${NAME:-…}` too. */
export function* expansionsIn(text: string): Iterable<Expansion> {
  if (!text.includes("$")) return;
  for (const [, powershell, plain, braced = "", operation = ""] of text.matchAll(parameters)) {
    yield { name: powershell ?? plain ?? braced, operation };
    if (/^:?[-=+]/.test(operation)) yield* expansionsIn(operation);
  }
}
