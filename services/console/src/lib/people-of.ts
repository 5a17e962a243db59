/** Who asked for these, each once, by name. */
export function peopleOf(rows: readonly { readonly requested_by: string }[]): string[] {
  return [...new Set(rows.map(({ requested_by }) => requested_by))].toSorted((a, b) => a.localeCompare(b, "en"));
}
