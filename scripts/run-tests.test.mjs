import { expect, test } from "vitest";
import { countTests } from "./run-tests.mjs";

const file = (status, ...tests) => ({ status, assertionResults: tests.map((of) => ({ status: of })) });

test.for([
  ["all well", { numPassedTests: 3, numFailedTests: 0, testResults: [file("passed", "passed")] }, 0, 3, 0],
  ["one failed", { numPassedTests: 2, numFailedTests: 1, testResults: [file("failed", "passed", "failed")] }, 1, 2, 1],
  ["a file that cannot be loaded", { numPassedTests: 2, numFailedTests: 0, testResults: [file("failed")] }, 1, 2, 1],
  [
    "a clean-up that failed after its tests passed",
    { numPassedTests: 1, numFailedTests: 0, testResults: [file("failed", "passed")] },
    1,
    1,
    1,
  ],
  ["an error outside every test", { numPassedTests: 2, numFailedTests: 0, testResults: [] }, 1, 2, 1],
  ["no report at all", undefined, 1, 0, 1],
])("%s", ([, report, code, passed, failed]) => {
  expect(countTests(report, code)).toEqual({ passed, failed });
});
