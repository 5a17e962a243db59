import { expect, test } from "vitest";
import { z } from "zod";
import { plainWords } from "./plain-words.ts";

test.for([
  ["nothing", z.string(), undefined, "is required"],
  ["nothing where a choice is", z.enum(["a", "b"]), undefined, "is required"],
  ["the wrong type", z.string(), 3, "must be a string"],
  ["no number in a query", z.coerce.number(), "many", "must be a number"],
  ["a fraction", z.number().int(), 1.5, "must be a whole number"],
  ["a list for an object", z.strictObject({}), [], "must be an object"],
  ["a text for a list", z.array(z.string()), "a", "must be a list"],
  ["no choice", z.enum(["viewer", "admin"]), "boss", "must be one of viewer, admin"],
  ["another word", z.literal("POST"), "GET", "must be POST"],
  ["a number below", z.number().min(1), 0, "must be at least 1"],
  ["a number above", z.number().max(200), 201, "must be at most 200"],
  ["an empty text", z.string().min(1), "", "must have at least 1 character"],
  ["a long text", z.string().max(3), "abcd", "must have at most 3 characters"],
  ["an empty list", z.array(z.string()).min(2), [], "must have at least 2 items"],
  ["no time", z.iso.datetime(), "yesterday", "must be a UTC time such as 2026-01-31T09:30:00Z"],
  ["no UUID", z.uuid(), "1", "must be a UUID"],
  ["a schema's own words", z.string().regex(/^a/, "must start with a"), "b", "must start with a"],
] as const)("%s is told plainly", ([, schema, value, words]) => {
  const { error } = schema.safeParse(value, { error: plainWords });
  expect(error?.issues.map(({ message }) => message)).toEqual([words]);
});
