import { afterEach } from "vitest";
import { lastLines } from "./system.ts";

// A test against the whole system fails for reasons that stand in the services' logs, and those are gone when CI is over.
afterEach(({ task }) => {
  const lines = task.result?.state === "fail" ? lastLines() : "";
  // As a stack of this error's own, vitest would show the code of every frame.
  if (lines !== "") throw new Error(`What the system said last:\n${lines.replaceAll(/^(\s+)at /gm, "$1by ")}`);
});
