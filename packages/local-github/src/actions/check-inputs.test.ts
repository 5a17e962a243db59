import { expect, test } from "vitest";
import type { DispatchInput } from "../runner/types.ts";
import { checkInputs } from "./check-inputs.ts";

const input = (name: string, rest: Partial<DispatchInput> = {}): DispatchInput => ({
  name,
  type: "string",
  description: null,
  required: false,
  default: null,
  options: [],
  ...rest,
});

test.each([
  ["a default fills in", [input("a", { default: "x" })], {}, { a: "x" }, { a: "x" }],
  ["an empty text stays empty", [input("a", { default: "x" })], { a: "" }, { a: "" }, { a: "" }],
  [
    "a boolean is typed for inputs, text for the event",
    [input("b", { type: "boolean" })],
    { b: "true" },
    { b: "true" },
    { b: true },
  ],
  ["an absent boolean is false", [input("b", { type: "boolean" })], {}, { b: "false" }, { b: false }],
  ["a number is typed", [input("n", { type: "number" })], { n: "4.5" }, { n: "4.5" }, { n: 4.5 }],
  [
    "a choice without a default is its first option",
    [input("c", { type: "choice", options: ["p", "q"] })],
    {},
    { c: "p" },
    { c: "p" },
  ],
  ["a JSON number is taken as text", [input("a")], { a: 7 }, { a: "7" }, { a: "7" }],
  [
    "__proto__ is a name like any other",
    [input("__proto__")],
    JSON.parse('{"__proto__":"p"}'),
    JSON.parse('{"__proto__":"p"}'),
    JSON.parse('{"__proto__":"p"}'),
  ],
])("%s", (_name, definitions, given, texts, typed) => {
  expect(checkInputs(definitions, given)).toEqual({ ok: true, texts, typed });
});

test.each([
  ['Unexpected inputs provided: ["x","y"]', [input("a")], { x: "", y: "" }],
  ["Required input 'a' not provided", [input("a", { required: true })], {}],
  ["Required input 'a' not provided", [input("a", { required: true })], { a: "" }],
  [
    "Provided value 'z' for input 'c' not in the list of allowed values",
    [input("c", { type: "choice", options: ["p"] })],
    { c: "z" },
  ],
  [
    "Provided value 'yes' for input 'b' not in the list of allowed values",
    [input("b", { type: "boolean" })],
    { b: "yes" },
  ],
  ["Provided value 'x' for input 'n' is not a number", [input("n", { type: "number" })], { n: "x" }],
  ["inputs are too large.", [input("a")], { a: "x".repeat(65_535) }],
])("%s", (message, definitions, given) => {
  expect(checkInputs(definitions, given)).toEqual({ ok: false, message });
});
