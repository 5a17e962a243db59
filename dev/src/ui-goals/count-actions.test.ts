import { expect, it } from "vitest";
import { type Act, isAction } from "./count-actions.ts";

const key = (name: string, { combined = false, in_text = false } = {}): Act => {
  return { kind: "key", key: name, combined, in_text };
};

it.each<[string, Act, boolean]>([
  ["a click", { kind: "click" }, true],
  ["a shortcut", key("n"), true],
  ["a letter of a text", key("n", { in_text: true }), false],
  ["a correction", key("Backspace", { in_text: true }), false],
  ["Enter on a button", key("Enter"), true],
  ["Enter that sends a form", key("Enter", { in_text: true }), true],
  ["Ctrl-Enter", key("Enter", { combined: true, in_text: true }), true],
  ["Ctrl-K in a text", key("k", { combined: true, in_text: true }), true],
  ["the Ctrl of it", key("Control", { combined: true, in_text: true }), false],
  ["a move of the focus", key("Tab"), false],
])("%s", (_, act, counts) => {
  expect(isAction(act)).toBe(counts);
});
