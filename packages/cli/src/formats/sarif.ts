import { pathToFileURL } from "node:url";
import type { Diagnostic, Edit, Severity } from "@infraskill/contracts/diagnostic";
import { rules } from "@infraskill/workflow/rules";
import type { Log, Region, Replacement, Result, ToolComponent } from "sarif";
import { isUnfinished } from "../is-unfinished.ts";
import type { CheckedFile } from "../main.ts";
import { ownVersion } from "../own-version.ts";

const levels = { error: "error", warning: "warning", info: "note" } as const satisfies Record<Severity, string>;

/** SARIF 2.1.0, for code scanning. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function toSarif(files: readonly CheckedFile[]): string {
  const ids = [...new Set(files.flatMap(({ validation }) => validation.diagnostics.map(ruleIdOf)))].toSorted();
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "infraskill",
            version: ownVersion,
            rules: ids.map((id) => ({ id, shortDescription: { text: titleOf(id) } })),
          },
          extensions: actionlintsOf(files),
        },
        invocations: [{ executionSuccessful: !files.some(isUnfinished) }],
        columnKind: "utf16CodeUnits",
        results: files.flatMap(({ file, validation }) =>
          validation.diagnostics.map((found) => toResult(file, found, ids)),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Which actionlint took part: the number as its version, with its kind as its full name. */
function actionlintsOf(files: readonly CheckedFile[]): ToolComponent[] {
  const versions = new Set(files.flatMap(({ validation }) => validation.actionlint_version ?? []));
  return [...versions].map((version) => ({
    name: "actionlint",
    version: version.split(" ")[0] ?? version,
    fullName: `actionlint ${version}`,
  }));
}

function toResult(file: string, found: Diagnostic, ids: readonly string[]): Result {
  const artifactLocation = { uri: uriOf(file) };
  const ruleId = ruleIdOf(found);
  return {
    ruleId,
    ruleIndex: ids.indexOf(ruleId),
    level: levels[found.severity],
    message: { text: found.message },
    locations: [{ physicalLocation: { artifactLocation, region: regionOf(found) } }],
    ...(found.fix === null
      ? {}
      : {
          fixes: [
            {
              description: { text: found.fix.title },
              artifactChanges: [{ artifactLocation, replacements: found.fix.edits.map(toReplacement) }],
            },
          ],
        }),
  };
}

function toReplacement(edit: Edit): Replacement {
  return { deletedRegion: regionOf(edit), insertedContent: { text: edit.text } };
}

function regionOf({ line, column, end_line, end_column }: Omit<Edit, "text">): Region {
  return { startLine: line, startColumn: column, endLine: end_line, endColumn: end_column };
}

function ruleIdOf({ source, rule }: Diagnostic): string {
  return source === "infraskill" ? rule : `${source}/${rule}`;
}

function titleOf(id: string): string {
  return rules.find((rule) => rule.id === id)?.title ?? id;
}

/** Relative as given, so that it fits the repository; absolute ones and standard input as URIs. */
function uriOf(file: string): string {
  if (file === "-") return "stdin";
  return file.startsWith("/") ? pathToFileURL(file).href : file.split("/").map(encodeURIComponent).join("/");
}
