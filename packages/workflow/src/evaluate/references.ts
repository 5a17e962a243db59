import {
  Binary,
  ContextAccess,
  type Expr,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
  Unary,
} from "@actions/expressions/ast";

/**
 * What an expression looks at: the context, in lower case, and the way from there. `task.inputs['x']` is `{ context: "task", path: ["inputs", "x"] }`;
 * a part only known at run time, or a `*`, is undefined.
 */
export type Reference = { readonly context: string; readonly path: readonly (string | undefined)[] };

/** The way an expression goes when it is nothing but one reference; undefined for every other. */
export function soleReference(expression: Expr): Reference | undefined {
  const [found, ...more] = referencesIn(expression);
  return isReference(expression) && more.length === 0 ? found : undefined;
}

function isReference(expression: Expr): boolean {
  if (expression instanceof Grouping) return isReference(expression.group);
  return expression instanceof ContextAccess || expression instanceof IndexAccess;
}

export function* referencesIn(expression: Expr): Iterable<Reference> {
  if (expression instanceof ContextAccess || expression instanceof IndexAccess) {
    const path: (string | undefined)[] = [];
    let node: Expr = expression;
    for (;;) {
      if (node instanceof Grouping) node = node.group;
      else if (node instanceof IndexAccess) {
        path.unshift(node.index instanceof Literal ? node.index.literal.coerceString() : undefined);
        if (!(node.index instanceof Literal) && !(node.index instanceof Star)) yield* referencesIn(node.index);
        node = node.expr;
      } else break;
    }
    if (node instanceof ContextAccess) yield { context: node.name.lexeme.toLowerCase(), path };
    else yield* referencesIn(node);
  } else if (expression instanceof Binary) {
    yield* referencesIn(expression.left);
    yield* referencesIn(expression.right);
  } else if (expression instanceof Logical || expression instanceof FunctionCall) {
    for (const argument of expression.args) yield* referencesIn(argument);
  } else if (expression instanceof Unary) yield* referencesIn(expression.expr);
  else if (expression instanceof Grouping) yield* referencesIn(expression.group);
}
