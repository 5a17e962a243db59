import type { Severity } from "@infraskill/contracts/diagnostic";
import {
  Binary, ContextAccess, type Expr, FunctionCall, Grouping, IndexAccess, Literal, Logical, Star, Unary,
} from "@actions/expressions/ast"; // prettier-ignore
import { TokenType } from "@actions/expressions/lexer";
import { anyChars, type Charset } from "../chars/charset.ts";
import { expressionsIn } from "../file/embedded-expressions.ts";
import { parseExpression } from "../file/expression.ts";
import type { FileRun } from "../shell/written-scripts.ts";

/** How freely someone who may only run a skill chooses a value: any text, a number or boolean, or one of fixed options. */
export type ControlLevel = "high" | "medium" | "low";

/** How a finding about a value counts: options are in the file and reviewed, numbers and booleans cannot hold code. */
export const severityOfControl = { high: "error", medium: "warning", low: "info" } as const satisfies Record<
  ControlLevel,
  Severity
>;

/** `through` is what the value came by, as the file writes it: `inputs.namespace`, `env.TARGET`. */
export type Control = {
  readonly level: ControlLevel;
  readonly through: string;
  /** The characters that checks have left, where there were any. */
  readonly chars?: Charset;
  /** It was quoted for a shell (`printf %q`), so that it is one word where no other quotes stand around it. */
  readonly quoted?: true;
  /** The variable by which a script has it. */
  readonly variable?: string;
};

/** What is known about values at one place of the file. */
export type Scope = {
  readonly inputs: ReadonlyMap<string, ControlLevel>;
  readonly env: ReadonlyMap<string, Control>;
  readonly matrix: Control | undefined;
  readonly outputs: ReadonlyMap<string, Control>;
  /** Files that later steps of the job run. */
  readonly runs_later?: readonly FileRun[];
  /** The shell of the step goes on behind a command that failed (`shell: bash {0}`); others are `bash -e`. */
  readonly survives_failure?: true;
};

/** Whether what an expression yields is chosen by a caller. Comparisons, conditions and hashes yield nothing a caller can shape. */
export function controlOf(expr: Expr | undefined, scope: Scope): Control | undefined {
  if (expr === undefined || expr instanceof Literal || expr instanceof Binary || expr instanceof Star) return undefined;
  if (expr instanceof Grouping) return controlOf(expr.group, scope);
  if (expr instanceof Unary) return undefined;
  if (expr instanceof Logical) {
    // The left side of && comes out only when it is empty, zero or false.
    const args = expr.operator.type === TokenType.AND ? expr.args.slice(-1) : expr.args;
    return strongest(args.map((arg) => controlOf(arg, scope)));
  }
  if (expr instanceof FunctionCall) return controlOfCall(expr, scope);
  if (expr instanceof ContextAccess || expr instanceof IndexAccess) return controlOfPath(expr, scope);
  return undefined;
}

/** `github.event.inputs.x` and the like, lower case; `*` for a part that is computed. */
export function pathOf(expr: Expr): string[] | undefined {
  if (expr instanceof ContextAccess) return [expr.name.lexeme.toLowerCase()];
  if (!(expr instanceof IndexAccess)) return undefined;
  const parent = pathOf(expr.expr);
  if (parent === undefined) return undefined;
  const index = expr.index;
  return [...parent, index instanceof Literal ? index.literal.coerceString().toLowerCase() : "*"];
}

const harmlessCalls = new Set([
  "contains",
  "startswith",
  "endswith",
  "hashfiles",
  "success",
  "failure",
  "always",
  "cancelled",
]);

function controlOfCall(call: FunctionCall, scope: Scope): Control | undefined {
  const name = call.functionName.lexeme.toLowerCase();
  if (harmlessCalls.has(name)) return undefined;
  // case(condition, value, …, default): conditions stand at even places except the last.
  const args =
    name === "case" ? call.args.filter((_, index) => index % 2 === 1 || index === call.args.length - 1) : call.args;
  return strongest(args.map((arg) => controlOf(arg, scope)));
}

function controlOfPath(expr: Expr, scope: Scope): Control | undefined {
  const path = pathOf(expr);
  if (path === undefined) return expr instanceof IndexAccess ? controlOf(expr.expr, scope) : undefined;
  const through = path.join(".");
  const [context = "", ...rest] = path;
  switch (context) {
    case "inputs":
      return { level: rest.length === 0 || rest[0] === "*" ? "high" : (scope.inputs.get(rest[0]!) ?? "high"), through };
    case "github":
      return controlOfGithub(rest, through);
    case "env": {
      if (rest.length === 0 || rest[0] === "*") return strongest([...scope.env.values()]);
      const control = scope.env.get(rest[0]!.toUpperCase());
      return control === undefined
        ? undefined
        : { ...control, through: `env.${rest[0]!.toUpperCase()} (${control.through})` };
    }
    case "matrix":
      return scope.matrix === undefined
        ? undefined
        : { ...scope.matrix, through: `${through} (${scope.matrix.through})` };
    case "steps":
    case "needs":
      return controlOfOutput(path, through, scope);
    default:
      return undefined;
  }
}

/** Outputs are known by name; a part that is computed may be any of them. */
function controlOfOutput(path: readonly string[], through: string, { outputs }: Scope): Control | undefined {
  const exact = outputs.get(through);
  if (exact !== undefined) return { ...exact, through: `${through} (${exact.through})` };
  const open = path.length < 4 || path.includes("*");
  const fixed = path.slice(0, path.includes("*") ? path.indexOf("*") : path.length).join(".");
  return open
    ? strongest([...outputs].map(([name, control]) => (name.startsWith(`${fixed}.`) ? control : undefined)))
    : undefined;
}

/** Parts of `github` that are text from whoever started the run, opened the issue or named the branch. */
function controlOfGithub(path: readonly string[], through: string): Control | undefined {
  if (path.length === 0 || path[0] === "*") return { level: "high", through };
  if (path[0] === "event")
    return path[1] === "repository" || path[1] === "sender" ? undefined : { level: "high", through };
  return ["head_ref", "base_ref", "ref", "ref_name"].includes(path[0]!) ? { level: "high", through } : undefined;
}

/** What a text with `${{ … }}` in it may carry. */
export function controlOfText(text: string, scope: Scope): Control | undefined {
  if (!text.includes("${{")) return undefined;
  return strongest(expressionsIn(text).map((expression) => controlOf(parseExpression(expression), scope)));
}

/** What a check has left of a value. */
export function narrowedTo(control: Control, chars: Charset): Control {
  return chars === anyChars ? control : { ...control, chars: (control.chars ?? anyChars) & chars };
}

/** The one that a caller has most freedom with. */
export function strongest(controls: Iterable<Control | undefined>): Control | undefined {
  let found: Control | undefined;
  for (const control of controls) {
    if (control === undefined) continue;
    if (found === undefined) found = control;
    else found = freedom(control) > freedom(found) ? together(control, found) : together(found, control);
  }
  return found;
}

function freedom({ level, chars, quoted }: Control): number {
  return rank[level] * 4 + (chars === undefined ? 2 : 0) + (quoted === true ? 0 : 1);
}

/** A text with both values in it holds the characters of both. */
function together(first: Control, second: Control): Control {
  if (first.chars === undefined || first.chars === second.chars) return first;
  return { ...first, chars: first.chars | (second.chars ?? anyChars) };
}

const rank = { low: 0, medium: 1, high: 2 } as const satisfies Record<ControlLevel, number>;
