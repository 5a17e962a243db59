// A broken variant for the soak to find: nobody publishes again what was lost.
import { replaceText } from "./replace-text.ts";

replaceText("/owed/sweeper.ts", "\n  schedule();\n  return {", "\n  return {");
