import { ContextAccess, type Expr, FunctionCall, IndexAccess, Literal } from "@actions/expressions/ast";
import { isScalar } from "yaml";
import { subExpressions } from "../file/expression.ts";
import { fileExpressions } from "../file/file-expressions.ts";
import { placeOf } from "../file/source.ts";
import type { Rule } from "./rule.ts";

/** A step gets the secrets it names. All of them at once, or one chosen while it runs, is more than any review can follow. */
export const secretsDump: Rule = {
  id: "secrets-dump",
  title: "All secrets handed over",
  severity: "error",
  *check({ file: { source, jobs } }) {
    for (const { expr, place } of fileExpressions(source, /secrets|github/i)) {
      if (!dumpsSecrets(expr)) continue;
      yield {
        message:
          "This hands over every secret, or one that is chosen while it runs; name the one that is needed, or choose among names: ${{ inputs.x == 'a' && secrets.A || secrets.B }}.",
        place,
      };
    }
    for (const job of jobs) {
      const pair = job.node?.items.find((item) => isScalar(item.key) && item.key.value === "secrets");
      if (!isScalar(pair?.value) || pair.value.value !== "inherit") continue;
      yield {
        message: "secrets: inherit hands every secret to the called workflow; name the ones it needs.",
        place: placeOf(source, pair.value),
      };
    }
  },
};

/** `toJSON(secrets)`, `secrets.*`, `secrets[inputs.x]`, `join(secrets.*)`: anything but `secrets.NAME`; the same for `toJSON(github)`, which holds the token. */
function dumpsSecrets(root: Expr): boolean {
  for (const { expr, parent } of subExpressions(root)) {
    if (!(expr instanceof ContextAccess)) continue;
    const context = expr.name.lexeme.toLowerCase();
    if (context === "secrets") {
      const named = parent instanceof IndexAccess && parent.expr === expr && parent.index instanceof Literal;
      if (!named) return true;
    }
    if (context === "github" && parent instanceof FunctionCall) return true;
  }
  return false;
}
