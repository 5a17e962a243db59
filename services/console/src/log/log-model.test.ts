import { describe, expect, it } from "vitest";
import {
  errorAt,
  exitCode,
  findGroups,
  findLines,
  lastLines,
  lineAt,
  plainText,
  readLine,
  visibleLines,
} from "./log-model.ts";

const lines = [
  "2026-11-22T17:00:00.1234567Z ##[group]Run kubectl",
  "2026-11-22T17:00:01.0000000Z \u001B[36;1mkubectl get pods\u001B[0m",
  "2026-11-22T17:00:01.0000000Z ##[endgroup]",
  "2026-11-22T17:00:05.0000000Z NAME READY",
  "##[error]Process completed with exit code 1.",
  "##[group]never closed",
  "inside",
];

describe("a log line", () => {
  it("is told apart into time, meaning and text", () => {
    expect(readLine(lines[0]!)).toEqual({ at: "2026-11-22T17:00:00Z", kind: "group", text: "Run kubectl" });
    expect(readLine(lines[4]!)).toEqual({ at: undefined, kind: "error", text: "Process completed with exit code 1." });
  });

  it("is searched without its colours", () => {
    expect(plainText(lines[1]!)).toBe("kubectl get pods");
    expect(findLines(lines, "KUBECTL")).toEqual([0, 1]);
    expect(findLines(lines, "")).toEqual([]);
  });
});

describe("groups", () => {
  const groups = findGroups(lines);
  it("end where they are ended, or at the end", () => {
    expect([...groups]).toEqual([
      [0, 2],
      [5, 6],
    ]);
  });
  it("show their first line when folded, and never their end mark", () => {
    expect(visibleLines({ lines, groups }, new Set())).toEqual([0, 1, 3, 4, 5, 6]);
    expect(visibleLines({ lines, groups }, new Set([0, 5]))).toEqual([0, 3, 4, 5]);
  });
});

it("finds the first line of a moment", () => {
  expect(lineAt(lines, "2026-11-22T17:00:03Z")).toBe(3);
  expect(lineAt(lines, "2026-11-22T18:00:00Z")).toBeUndefined();
});

it("tells of a failure what was written outside of groups, and the exit code", () => {
  expect(lastLines(lines)).toEqual(["NAME READY", "Process completed with exit code 1."]);
  expect(exitCode(lines)).toBe("1");
  expect([lastLines(["fine"]), exitCode(["exit code 2"])]).toEqual([[], undefined]);
});

it("tells what a step wrote after an error of its own, and not what a later step did", () => {
  const told = [
    "##[group]Run kubectl rollout status",
    "##[endgroup]",
    "##[error]The rollout did not finish",
    "error: timed out waiting for the condition",
    "##[error]Process completed with exit code 1.",
    "##[group]Run clean up",
    "##[endgroup]",
    "##[error]Process completed with exit code 9.",
  ];
  expect(lastLines(told)).toEqual([
    "The rollout did not finish",
    "error: timed out waiting for the condition",
    "Process completed with exit code 1.",
  ]);
  expect([errorAt(told), errorAt(["fine"])]).toEqual([4, undefined]);
});
