import Anser from "anser";
import { expect, it } from "vitest";
import { type AnsiColour, colourOf } from "./ansi-colour.ts";

it.each<[sequence: string, ink: AnsiColour, ground: AnsiColour]>([
  ["31", { name: "ansi-red" }, {}],
  ["92;44", { name: "ansi-bright-green" }, { name: "ansi-bg-blue" }],
  ["38;5;9", { name: "ansi-bright-red" }, {}],
  ["38;5;208", { name: "ansi-rgb", rgb: "rgb(255, 135, 0)" }, {}],
  ["38;5;244", { name: "ansi-rgb", rgb: "rgb(128, 128, 128)" }, {}],
  ["48;5;17", {}, { name: "ansi-bg-rgb", rgb: "rgb(0, 0, 95)" }],
  [
    "38;2;1;20;255;48;5;231",
    { name: "ansi-rgb", rgb: "rgb(1, 20, 255)" },
    { name: "ansi-bg-rgb", rgb: "rgb(255, 255, 255)" },
  ],
])("reads the colours of %s", (sequence, ink, ground) => {
  const [piece] = Anser.ansiToJson(`\u001B[${sequence}mx`, { json: true, use_classes: true, remove_empty: true });
  expect(colourOf("ansi", piece!.fg, piece!.fg_truecolor)).toEqual(ink);
  expect(colourOf("ansi-bg", piece!.bg, piece!.bg_truecolor)).toEqual(ground);
});
