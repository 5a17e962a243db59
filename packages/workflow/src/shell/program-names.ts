/** Any of the names of some programs, each of which is a pattern of a whole word, as a piece of a pattern. */
export function anyNameOf(programs: readonly { readonly name: RegExp }[]): string {
  return `(?:${programs.map(({ name }) => name.source.replaceAll(/^\^|\$$/g, "")).join("|")})`;
}
