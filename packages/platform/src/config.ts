import { z } from "zod";
import { plainWords } from "./plain-words.ts";

/** Environment variables that cannot be used. The message has one line per fault, names the variable and never shows a value. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.name = "ConfigError";
    this.faults = faults;
  }
}

/**
 * Reads the variables named by the schema's own keys (`GATEWAY_PORT`, `DATABASE_URL`, …). An empty variable counts as
 * not set, as compose files produce them. A field's `.describe()` text is shown when the variable is missing.
 * @throws {ConfigError} with every fault at once.
 */
export function readConfig<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.keys(schema.shape)
      .map((name) => [name, env[name]] as const)
      .filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = schema.safeParse(given, { error: plainWords });
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => describeFault(issue, given, schema.shape)));
}

/** A TCP port; 0 lets the system choose. */
export const port = () => integer({ min: 0, max: 65_535 });

/** A whole number in plain digits. */
export function integer({ min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {}) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^-?\d{1,16}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message));
}

/** An address with one of the given schemes (`["http:", "https:"]` unless told), without a slash at its end. */
export function url(schemes: readonly string[] = ["http:", "https:"]) {
  const message = `must be a URL starting with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}`;
  return z
    .string()
    .refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), message)
    .transform((text) => text.replace(/\/+$/, ""));
}

/** A credential of at least `min` characters. */
export const secret = (min = 8) => z.string().min(min, `must have at least ${min} characters`);

/** A PEM key; `\n` written as two characters is accepted, because most env files cannot hold line ends. */
export function pem() {
  return z
    .string()
    .transform((text) => text.replaceAll(String.raw`\n`, "\n").trim())
    .pipe(z.string().regex(/^-----BEGIN [A-Z ]+-----\n[\s\S]+\n-----END [A-Z ]+-----$/, "must be a key in PEM form"));
}

export function flag() {
  return z
    .string()
    .toLowerCase()
    .pipe(z.enum(["true", "false", "1", "0", "yes", "no", "on", "off"], "must be true or false"))
    .transform((word) => ["true", "1", "yes", "on"].includes(word));
}

/** Comma-separated words, each one of `allowed` when that is given. */
export function list<const Word extends string>(allowed?: readonly Word[]) {
  return z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((word) => word.trim())
        .filter((word) => word !== ""),
    )
    .refine(
      (words): words is Word[] =>
        allowed === undefined || words.every((word) => (allowed as readonly string[]).includes(word)),
      allowed === undefined ? "must be a comma-separated list" : `may only name ${allowed.join(", ")}`,
    );
}

function describeFault(issue: z.core.$ZodIssue, given: Record<string, unknown>, shape: z.ZodRawShape): string {
  const name = issue.path.map(String).join(".");
  if (name === "") return issue.message;
  if (given[name] !== undefined) return `${name} ${issue.message}`;
  const field = shape[name];
  const description = field instanceof z.ZodType ? field.description : undefined;
  return `${name} is not set${description === undefined ? "" : `: ${description}`}`;
}
