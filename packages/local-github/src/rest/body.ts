import { invalidRequest } from "./http-error.ts";

export type Body = Readonly<Record<string, unknown>>;

/** Reads a required string of a request body; GitHub's 422 when it is missing or something else. */
export function needString(body: Body, name: string): string {
  const value = body[name];
  if (value === undefined) throw invalidRequest(`"${name}" wasn't supplied.`);
  if (typeof value !== "string") throw wrongType(name, value, "string");
  return value;
}

export function readString(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw wrongType(name, value, "string");
  return value;
}

export function readBoolean(body: Body, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "boolean") throw wrongType(name, value, "boolean");
  return value;
}

export function readStrings(body: Body, name: string): string[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) throw wrongType(name, value, "array");
  return value as string[];
}

export function readNumbers(body: Body, name: string): number[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.some((item) => typeof item !== "number")) throw wrongType(name, value, "array");
  return value as number[];
}

export function readObject(body: Body, name: string): Body | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) throw wrongType(name, value, "object");
  return value as Body;
}

export function wrongType(name: string, value: unknown, type: string): Error {
  return invalidRequest(
    `For 'properties/${name}', ${JSON.stringify(value)} is not ${type === "array" || type === "object" ? "an" : "a"} ${type}.`,
  );
}
