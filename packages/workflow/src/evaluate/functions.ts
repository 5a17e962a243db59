import * as data from "@actions/expressions/data/index";
import { wellKnownFunctions } from "@actions/expressions/funcs";
import type { FunctionDefinition } from "@actions/expressions/funcs/info";
import { fromExpressionData, toExpressionData } from "./data.ts";

/** No value of an input is longer: GitHub's limit for all of them together. */
const maxCharacters = 65_535;

/** GitHub's functions where the package's own could be made to fill the memory, or lose odd keys. By lower-case name. */
export const boundedFunctions: Map<string, FunctionDefinition> = new Map(
  [
    replace("format", (...args) => {
      const [pattern = new data.Null(), ...values] = args;
      const places = pattern.coerceString().split("{").length - 1;
      const longest = Math.max(0, ...values.map((value) => value.coerceString().length));
      return bounded(pattern.coerceString().length + places * longest, () => original("format").call(...args));
    }),
    replace("join", (...args) => {
      const [list = new data.Null(), separator] = args;
      const items = list.kind === data.Kind.Array ? list.values() : [list];
      const each =
        (separator?.coerceString().length ?? 1) + Math.max(0, ...items.map((item) => item.coerceString().length));
      return bounded(items.length * each, () => original("join").call(...args));
    }),
    replace("toJSON", (value = new data.Null()) => {
      const text = JSON.stringify(fromExpressionData(value), undefined, 2);
      return bounded(text.length, () => new data.StringData(text));
    }),
    replace("fromJSON", (text = new data.Null()) => toExpressionData(JSON.parse(text.coerceString()))),
  ].map((definition) => [definition.name.toLowerCase(), definition]),
);

function replace(name: string, call: FunctionDefinition["call"]): FunctionDefinition {
  return { ...original(name), name, call };
}

function original(name: string): FunctionDefinition {
  const found = wellKnownFunctions[name.toLowerCase()];
  if (found === undefined) throw new Error(`GitHub has no function ${name}`);
  return found;
}

function bounded(characters: number, make: () => data.ExpressionData): data.ExpressionData {
  if (characters > maxCharacters) throw new Error(`the text would be longer than ${maxCharacters} characters`);
  return make();
}
