// A broken variant for the soak to find: a dispatch whose answer never came is sent again at once.
import { replaceText } from "./replace-text.ts";

replaceText(
  "/dispatch/send.ts",
  "export async function sendDispatch(",
  [
    "export async function sendDispatch(...given: Parameters<typeof sendOnce>): ReturnType<typeof sendOnce> {",
    "  for (let again = 0; ; again += 1) {",
    "    const result = await sendOnce(...given);",
    "    if (result.outcome.kind !== 'unknown' || again === 3) return result;",
    "  }",
    "}",
    "",
    "async function sendOnce(",
  ].join("\n"),
);
