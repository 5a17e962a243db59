/** Lines end in \n; the last one may lack it. */
export function countLines(text: string): number {
  let lines = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) lines += 1;
  return text === "" || text.endsWith("\n") ? lines : lines + 1;
}

/** At most `limit` lines after the first `after` ones, without taking the text apart. */
export function sliceLines(text: string, after: number, limit = Number.POSITIVE_INFINITY): string {
  const start = skipLines(text, 0, after);
  return text.slice(start, Number.isFinite(limit) ? skipLines(text, start, limit) : undefined);
}

function skipLines(text: string, from: number, lines: number): number {
  let at = from;
  for (let skipped = 0; skipped < lines; skipped += 1) {
    const end = text.indexOf("\n", at);
    if (end === -1) return text.length;
    at = end + 1;
  }
  return at;
}
