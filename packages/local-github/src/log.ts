/** Where the server writes what happened; pino fits. */
export type Log = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** JSON lines on standard error, from the given level up. */
export function stderrLog(level: "info" | "warn" | "error"): Log {
  const levels = ["info", "warn", "error"];
  const write = (at: string) => (fields: Record<string, unknown>, message: string) => {
    if (levels.indexOf(at) < levels.indexOf(level)) return;
    process.stderr.write(
      `${JSON.stringify({ level: at, time: new Date().toISOString(), ...printable(fields), msg: message })}\n`,
    );
  };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

function printable(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Error ? (value.stack ?? value.message) : value,
    ]),
  );
}
