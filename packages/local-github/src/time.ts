/** A time as GitHub writes it: UTC, whole seconds. */
export function timestamp(ms: number = Date.now()): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** Cuts fractions of a second off a timestamp. */
export function wholeSeconds(time: string): string {
  return time.replace(/\.\d+Z$/, "Z");
}
