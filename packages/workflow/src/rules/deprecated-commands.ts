import type { Edit } from "@infraskill/contracts/diagnostic";
import { replaceRange } from "../edit/splice.ts";
import { isBlockScalar, placeAt } from "../file/source.ts";
import type { Rule } from "./rule.ts";

/** Commands printed to the log that GitHub has switched off or will: a log line could speak for the step. */
export const deprecatedCommands: Rule = {
  id: "deprecated-commands",
  title: "Deprecated workflow commands",
  severity: "error",
  allowable: true,
  *check({ file: { source, jobs } }) {
    for (const { run } of jobs.flatMap((job) => job.steps)) {
      if (run === undefined) continue;
      const raw = source.text.slice(run.place.start, run.place.end);
      for (const match of raw.matchAll(/::(set-output|save-state|set-env|add-path)\b/g)) {
        const command = match[1] as keyof typeof replacements;
        const start = run.place.start + match.index;
        const edit = isBlockScalar(run.node) ? rewrite(source.text, start, command) : undefined;
        yield {
          message: `::${command} ${off.has(command) ? "no longer works" : "is deprecated"}: write to "$${replacements[command]}" instead.`,
          place: placeAt(source, start, start + match[0].length),
          severity: off.has(command) ? "error" : "warning",
          fix:
            edit === undefined
              ? null
              : {
                  title: `Write to $${replacements[command]}`,
                  edits: [replaceRange(source, edit.start, edit.end, edit.text)] satisfies Edit[],
                },
        };
      }
    }
  },
};

const replacements = {
  "set-output": "GITHUB_OUTPUT",
  "save-state": "GITHUB_STATE",
  "set-env": "GITHUB_ENV",
  "add-path": "GITHUB_PATH",
} as const;

/** Switched off by GitHub since 2020-11. */
const off: ReadonlySet<string> = new Set(["set-env", "add-path"]);

/** `echo "::set-output name=x::$x"` alone on its line becomes `echo "x=$x" >> "$GITHUB_OUTPUT"`. */
function rewrite(text: string, at: number, command: keyof typeof replacements) {
  const start = text.lastIndexOf("\n", at) + 1;
  const newline = text.indexOf("\n", at);
  const end = newline < 0 ? text.length : newline;
  const line = text.slice(start, end);
  const named = /^(\s*)echo (["'])::[a-z-]+ name=([A-Za-z_][\w-]*)::([^"']*)\2(\r?)$/.exec(line);
  const bare = /^(\s*)echo (["'])::add-path::([^"']*)\2(\r?)$/.exec(line);
  const target = `>> "$${replacements[command]}"`;
  if (named !== null) {
    const [, indent, quote, name, value, cr] = named;
    return { start, end, text: `${indent}echo ${quote}${name}=${value}${quote} ${target}${cr}` };
  }
  if (bare !== null) {
    const [, indent, quote, value, cr] = bare;
    return { start, end, text: `${indent}echo ${quote}${value}${quote} ${target}${cr}` };
  }
  return undefined;
}
