/** What an error says, and what is said behind it: `the migration failed: connect ECONNREFUSED 127.0.0.1:5432`. */
export function errorText(error: unknown): string {
  return [...new Set(messages(error))].join(": ");
}

function messages(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  // An attempt at several addresses has no message of its own; its first one speaks for all.
  const behind: unknown = error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
  return [error.message, ...(behind === undefined ? [] : messages(behind))].filter((message) => message !== "");
}
