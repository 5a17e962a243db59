import { FeatureFlags } from "@actions/expressions/features";
import { convertConcurrency } from "@actions/workflow-parser/model/converter/concurrency";
import { convertOn } from "@actions/workflow-parser/model/converter/events";
import { handleTemplateTokenErrors } from "@actions/workflow-parser/model/converter/handle-errors";
import { convertJobs } from "@actions/workflow-parser/model/converter/jobs";
import { JSONObjectReader } from "@actions/workflow-parser/templates/json-object-reader";
import { TemplateSchema } from "@actions/workflow-parser/templates/schema/index";
import { TemplateContext, TemplateValidationErrors } from "@actions/workflow-parser/templates/template-context";
import { readTemplate } from "@actions/workflow-parser/templates/template-reader";
import type { TemplateToken } from "@actions/workflow-parser/templates/tokens/template-token";
import { NoOperationTraceWriter } from "@actions/workflow-parser/templates/trace-writer";
import { WORKFLOW_ROOT } from "@actions/workflow-parser/workflows/workflow-constants";
import { YamlObjectReader } from "@actions/workflow-parser/workflows/yaml-object-reader";
import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import type { Source } from "../file/source.ts";
// A copy of `dist/workflow-v1.0.min.json`, which the package does not export; github-parser.test.ts compares them.
import workflowSchema from "./github-schema.json" with { type: "json" };

const fileName = "skill.yml";

/**
 * What GitHub's own workflow parser says about a file that `checkSafety` and `checkDocument` let through: what GitHub would answer to a dispatch as
 * "Invalid workflow file". The package's root imports JSON without an attribute, which Node refuses; hence the deep imports.
 */
export function checkWithGithubParser(source: Source): Diagnostic[] {
  const context = new TemplateContext(new TemplateValidationErrors(), schema(), new NoOperationTraceWriter());
  context.state["featureFlags"] = new FeatureFlags({ allowCaseFunction: true });
  const fileId = context.getFileId(fileName);
  const root = readTemplate(context, WORKFLOW_ROOT, readerOf(fileId, source), fileId);
  if (root !== undefined && context.errors.getErrors().length === 0) convert(context, root);
  return context.errors.getErrors().map(toDiagnostic);
}

/**
 * GitHub's reader over a document that is parsed already, with the options that it would parse with: the parsing is half of its time.
 * github-parser.test.ts holds it against the reader's own.
 */
export function readerOf(fileId: number, { document, lines }: Source): YamlObjectReader {
  const reader = new YamlObjectReader(fileId, "");
  const inside = reader as unknown as { getNodes: (node: unknown, aliases: Set<unknown>) => unknown };
  Object.assign(reader, { doc: document, lineCounter: lines });
  Object.assign(reader, { _generator: inside.getNodes(document, new Set()) });
  return reader;
}

let loaded: TemplateSchema | undefined;

function schema(): TemplateSchema {
  loaded ??= TemplateSchema.load(new JSONObjectReader(undefined, JSON.stringify(workflowSchema)));
  return loaded;
}

/** The checks that GitHub makes after the grammar: triggers and their inputs, the graph of jobs, ids, conditions. */
function convert(context: TemplateContext, root: TemplateToken): void {
  for (const { key, value } of root.assertMapping("workflow")) {
    switch (key.assertString("workflow key").value) {
      case "on":
        handleTemplateTokenErrors(root, context, {}, () => convertOn(context, value));
        break;
      case "jobs":
        handleTemplateTokenErrors(root, context, [], () => convertJobs(context, value));
        break;
      case "concurrency":
        handleTemplateTokenErrors(root, context, {}, () => convertConcurrency(context, value));
        break;
      default:
    }
  }
}

function toDiagnostic(error: ReturnType<TemplateValidationErrors["getErrors"]>[number]): Diagnostic {
  const start = error.range?.start ?? { line: 1, column: 1 };
  const end = error.range?.end ?? { line: start.line, column: start.column + 1 };
  return {
    source: "github",
    severity: "error",
    rule: "workflow-syntax",
    message: error.rawMessage,
    line: start.line,
    column: start.column,
    end_line: end.line,
    end_column: end.column,
    fix: null,
  };
}
