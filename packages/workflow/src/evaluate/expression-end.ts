/** Where the `}}` stands that closes an expression whose inside begins at `from`; -1 where none does. In quotes it closes nothing. */
export function endOfExpression(text: string, from: number): number {
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "'") quoted = !quoted;
    else if (!quoted && text.startsWith("}}", i)) return i;
  }
  return -1;
}
