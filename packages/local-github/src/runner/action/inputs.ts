import type { Scope } from "../expression/scope.ts";
import { evaluateTexts, interpolate, textOf } from "../expression/template.ts";
import type { Frame } from "../step/frame.ts";
import { report } from "../step/report.ts";
import type { StepModel } from "../workflow/model.ts";
import type { ActionDefinition } from "./definition.ts";

/** `with`, completed by the action's defaults. Unknown inputs are warned of, as GitHub does. */
export function actionInputs(
  frame: Frame,
  step: StepModel,
  scope: Scope,
  definition: ActionDefinition,
): Record<string, string> {
  const given = lowerKeys(evaluateTexts(step.with, scope));
  const known = new Set(definition.inputs.map((input) => input.name.toLowerCase()));
  const unknown = Object.keys(given).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const valid = definition.inputs.map((input) => `'${input.name}'`).join(", ");
    report(
      frame.session,
      frame.step.number,
      "warning",
      `Unexpected input(s) ${unknown.map((name) => `'${name}'`).join(", ")}, valid inputs are [${valid}]`,
    );
  }
  const inputs: Record<string, string> = {};
  for (const input of definition.inputs) {
    const value = given[input.name.toLowerCase()];
    if (value !== undefined && input.deprecated !== null) {
      report(
        frame.session,
        frame.step.number,
        "warning",
        `Input '${input.name}' has been deprecated with message: ${input.deprecated}`,
      );
    }
    if (value !== undefined) inputs[input.name] = value;
    else if (input.default !== undefined) inputs[input.name] = interpolate(textOf(input.default), scope);
  }
  for (const name of unknown) inputs[name] = given[name] ?? "";
  return inputs;
}

/** `INPUT_*` as a node action finds them. */
export function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value]),
  );
}

export function lowerKeys(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
}
