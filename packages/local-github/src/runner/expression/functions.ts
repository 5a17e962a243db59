import * as data from "@actions/expressions/data/index";
import type { FunctionDefinition, FunctionInfo } from "@actions/expressions/funcs/info";
import { stringify, toData } from "./data.ts";
import { hashFiles } from "./hash-files.ts";
import type { Scope } from "./scope.ts";

/** The functions a workflow has beyond the evaluator's own, for the parser. */
export const extension_functions: FunctionInfo[] = [
  { name: "success", minArgs: 0, maxArgs: 255 },
  { name: "failure", minArgs: 0, maxArgs: 255 },
  { name: "always", minArgs: 0, maxArgs: 0 },
  { name: "cancelled", minArgs: 0, maxArgs: 0 },
  { name: "hashFiles", minArgs: 1, maxArgs: 255 },
];

/** Implementations for one scope, by lower-case name. `toJSON` and `fromJSON` replace those that lose odd keys. */
export function functionsOf(scope: Scope): Map<string, FunctionDefinition> {
  const status = scope.status ?? { success: () => true, failure: () => false, cancelled: () => false };
  return new Map(
    [
      define("success", 0, 255, (...ids) => new data.BooleanData(status.success(texts(ids)))),
      define("failure", 0, 255, (...ids) => new data.BooleanData(status.failure(texts(ids)))),
      define("cancelled", 0, 0, () => new data.BooleanData(status.cancelled())),
      define("always", 0, 0, () => new data.BooleanData(true)),
      define("hashFiles", 1, 255, (...patterns) => {
        if (scope.hash_root === undefined) throw new Error("hashFiles is only available in the steps of a job");
        return new data.StringData(hashFiles(scope.hash_root, texts(patterns)));
      }),
      define("toJSON", 1, 1, (value) => new data.StringData(stringify(value ?? new data.Null()))),
      define("fromJSON", 1, 1, (text) => toData(parseJson(text?.coerceString() ?? ""))),
    ].map((definition) => [definition.name.toLowerCase(), definition]),
  );
}

function define(
  name: string,
  minArgs: number,
  maxArgs: number,
  call: (...args: data.ExpressionData[]) => data.ExpressionData,
): FunctionDefinition {
  return { name, description: name, minArgs, maxArgs, call };
}

function texts(values: readonly data.ExpressionData[]): string[] {
  return values.map((value) => value.coerceString());
}

function parseJson(text: string): unknown {
  if (text.trim() === "") throw new Error("Error parsing fromJson: empty input");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`Error parsing fromJson: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
