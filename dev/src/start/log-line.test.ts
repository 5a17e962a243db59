import { expect, test } from "vitest";
import { formatLine, isAtLeast } from "./log-line.ts";

const plain = { colour: false };
const time = new Date(2026, 10, 22, 9, 5, 3, 7).toISOString();
const line = (entry: object) => JSON.stringify({ level: "info", time, ...entry });

test.for([
  [
    line({ service: "gateway", msg: "Service started", port: 3000 }),
    "info",
    "09:05:03.007 gateway        info  Service started port=3000",
  ],
  [
    line({ level: "warn", msg: "Publishing failed", queue: "dispatch", detail: "two words", rows: [1, 2] }),
    "warn",
    '09:05:03.007 gateway        warn  Publishing failed queue=dispatch detail="two words" rows=[1,2]',
  ],
  [
    line({ level: "error", msg: "Call failed", err: { message: "reset", stack: "Error: reset\n    at here" } }),
    "error",
    "09:05:03.007 gateway        error Call failed\n    Error: reset\n        at here",
  ],
])("%s", ([text, level, shown]) => {
  expect(formatLine("gateway", text ?? "", plain)).toEqual({ level, text: shown });
});

test.for(["(node:1) Warning: something", "{ not json", ""])("shows %j as it is", (text) => {
  const shown = formatLine("gateway", text, plain);
  expect(shown.level).toBe("warn");
  expect(shown.text.slice("09:05:03.007 ".length)).toBe(`gateway        ${text}`);
});

test("colours only where asked", () => {
  expect(formatLine("gateway", line({ msg: "x" }), plain).text).not.toContain("\u001B");
  expect(formatLine("gateway", line({ msg: "x" }), { colour: true }).text).toContain("\u001B[36minfo ");
});

test("orders levels", () => {
  expect(isAtLeast("error", "warn")).toBe(true);
  expect(isAtLeast("info", "warn")).toBe(false);
});
