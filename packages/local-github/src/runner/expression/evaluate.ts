import { Binary, type Expr, FunctionCall, Grouping, IndexAccess, Logical, Unary } from "@actions/expressions/ast";
import * as data from "@actions/expressions/data/index";
import { Evaluator } from "@actions/expressions/evaluator";
import type { FunctionDefinition } from "@actions/expressions/funcs/info";
import { Lexer } from "@actions/expressions/lexer";
import { Parser } from "@actions/expressions/parser";
import { toData } from "./data.ts";
import { extension_functions, functionsOf } from "./functions.ts";
import { context_names, type ContextName, type Scope } from "./scope.ts";

const max_cached = 5_000;
const trees = new Map<string, Expr>();
const prepared = new WeakMap<Scope, { contexts: data.Dictionary; functions: Map<string, FunctionDefinition> }>();

/**
 * Evaluates the text between `${{` and `}}`.
 * @throws Error with GitHub's words where the text is no expression or a function refuses its arguments.
 */
export function evaluate(expression: string, scope: Scope): data.ExpressionData {
  const ready = prepare(scope);
  return new Evaluator(parse(expression), ready.contexts, ready.functions).evaluate();
}

/** Whether the expression calls success(), failure(), cancelled() or always() anywhere. */
export function callsStatusFunction(expression: string): boolean {
  return hasStatusCall(parse(expression));
}

function parse(expression: string): Expr {
  const known = trees.get(expression);
  if (known !== undefined) return known;
  const tree = new Parser(new Lexer(expression).lex().tokens, [...context_names], extension_functions).parse();
  // The parser answers undefined for an empty text, whatever its type says.
  if ((tree as Expr | undefined) === undefined) throw new Error("An expression was expected");
  if (trees.size >= max_cached) trees.clear();
  trees.set(expression, tree);
  return tree;
}

function prepare(scope: Scope): { contexts: data.Dictionary; functions: Map<string, FunctionDefinition> } {
  const known = prepared.get(scope);
  if (known !== undefined) return known;
  const ready = { contexts: new ContextDictionary(scope), functions: functionsOf(scope) };
  prepared.set(scope, ready);
  return ready;
}

/** Converts a context when it is first asked for; one that is not there is null, where the evaluator would crash. */
class ContextDictionary extends data.Dictionary {
  readonly #scope: Scope;
  constructor(scope: Scope) {
    super();
    this.#scope = scope;
  }
  override get(key: string): data.ExpressionData {
    const name = key.toLowerCase() as ContextName;
    const given = this.#scope.contexts[name];
    const value: unknown = typeof given === "function" ? (given as () => unknown)() : given;
    return toData(value, { case_sensitive: name === "env" });
  }
}

const status_functions = new Set(["success", "failure", "cancelled", "always"]);

function hasStatusCall(tree: Expr): boolean {
  if (tree instanceof FunctionCall) {
    return status_functions.has(tree.functionName.lexeme.toLowerCase()) || tree.args.some(hasStatusCall);
  }
  if (tree instanceof Binary) return hasStatusCall(tree.left) || hasStatusCall(tree.right);
  if (tree instanceof Unary) return hasStatusCall(tree.expr);
  if (tree instanceof Logical) return tree.args.some(hasStatusCall);
  if (tree instanceof Grouping) return hasStatusCall(tree.group);
  if (tree instanceof IndexAccess) return hasStatusCall(tree.expr) || hasStatusCall(tree.index);
  return false;
}
