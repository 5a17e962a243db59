import { convertConcurrency } from "@actions/workflow-parser/model/converter/concurrency";
import { convertOn } from "@actions/workflow-parser/model/converter/events";
import { handleTemplateTokenErrors } from "@actions/workflow-parser/model/converter/handle-errors";
import { convertJobs } from "@actions/workflow-parser/model/converter/jobs";
import { TemplateContext, TemplateValidationErrors } from "@actions/workflow-parser/templates/template-context";
import { readTemplate } from "@actions/workflow-parser/templates/template-reader";
import type { TemplateToken } from "@actions/workflow-parser/templates/tokens/index";
import { NoOperationTraceWriter } from "@actions/workflow-parser/templates/trace-writer";
import { YamlObjectReader } from "@actions/workflow-parser/workflows/yaml-object-reader";
import type { WorkflowError } from "../types.ts";
import { workflowSchema } from "./schema.ts";

/**
 * What GitHub's own parser has against a workflow: syntax, schema, expressions and contexts, needs, ids, cron.
 * Its converted model is not used for running (it drops `with`, `shell`, `permissions` and more).
 */
export function validateWorkflow(text: string, path: string): WorkflowError[] {
  const context = new TemplateContext(new TemplateValidationErrors(), workflowSchema(), new NoOperationTraceWriter());
  const file_id = context.getFileId(path);
  const reader = new YamlObjectReader(file_id, text);
  for (const error of reader.errors) context.error(file_id, error.message, error.range);
  if (reader.errors.length === 0) {
    const root = readTemplate(context, "workflow-root-strict", reader, file_id);
    // Conversion assumes the shapes that the schema has checked.
    if (root !== undefined && context.errors.count === 0) convert(context, root);
  }
  return context.errors.getErrors().map((error) => ({
    message: error.rawMessage,
    line: error.range?.start.line ?? 1,
    column: error.range?.start.column ?? 1,
  }));
}

function convert(context: TemplateContext, root: TemplateToken): void {
  for (const item of root.assertMapping("root")) {
    const value = item.value;
    const check = checks[item.key.assertString("root key").value];
    if (check !== undefined) handleTemplateTokenErrors(root, context, undefined, () => check(context, value));
  }
}

const checks: Record<string, (context: TemplateContext, value: TemplateToken) => void> = {
  on: (context, value) => void convertOn(context, value),
  jobs: (context, value) => void convertJobs(context, value),
  concurrency: (context, value) => void convertConcurrency(context, value),
};
