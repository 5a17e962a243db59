import { ContextAccess, type Expr, FunctionCall, IndexAccess } from "@actions/expressions/ast";
import { sentSecrets } from "../dangers/sent-secrets.ts";
import { expressionsIn } from "../file/embedded-expressions.ts";
import { parseExpression, subExpressions } from "../file/expression.ts";
import { fileExpressions } from "../file/file-expressions.ts";
import type { Job, SkillFile, Step } from "../file/read.ts";
import type { Finding, Rule } from "./rule.ts";
import { shellScript } from "./shell-script.ts";

/** GitHub hides a secret in logs and outputs by its text: a part of it, or it in the wrong place, is not hidden. */
export const secretExposure: Rule = {
  id: "secret-exposure",
  title: "Secret that is not hidden",
  severity: "error",
  allowable: true,
  *check({ file }) {
    for (const { expr, place } of fileExpressions(file.source, /secrets/i)) {
      if (!takesPart(expr)) continue;
      yield {
        message:
          "GitHub hides a secret as a whole; a field of it shows in the log. Keep the field as a secret of its own, or mask it first.",
        place,
        severity: "warning",
      };
    }
    for (const job of file.jobs) {
      for (const step of job.steps) yield* sent(file, job, step);
      for (const { value } of job.outputs) {
        if (!value.value.includes("secrets")) continue;
        if (!expressionsIn(value.value).some((text) => holdsSecret(parseExpression(text)))) continue;
        yield {
          message:
            "Outputs leave the run: GitHub drops one that holds a secret, and what it does not recognise is sent to infraskill as it is.",
          place: value.place,
        };
      }
    }
  },
};

function* sent(file: SkillFile, job: Job, step: Step): Iterable<Finding> {
  const script = shellScript(file, job, step);
  if (script === undefined) return;
  const variables = [...file.env, ...job.env, ...step.env];
  for (const { secret, control, ...stretch } of sentSecrets(script.text, script.scope, variables)) {
    yield {
      message: `${secret} is sent to an address that ${control.through} decides. Name the server in the script, or match the address against those that are meant first.`,
      place: script.placeOf(stretch),
      severity: "warning",
    };
  }
}

/** `fromJSON(secrets.X).field` */
function takesPart(root: Expr): boolean {
  for (const { expr, parent } of subExpressions(root)) {
    if (!(expr instanceof FunctionCall) || expr.functionName.lexeme.toLowerCase() !== "fromjson") continue;
    if (parent instanceof IndexAccess && parent.expr === expr && holdsSecret(expr)) return true;
  }
  return false;
}

function holdsSecret(root: Expr | undefined): boolean {
  if (root === undefined) return false;
  for (const { expr } of subExpressions(root)) {
    if (expr instanceof ContextAccess && expr.name.lexeme.toLowerCase() === "secrets") return true;
  }
  return false;
}
