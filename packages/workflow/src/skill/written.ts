import { Scalar } from "yaml";
import { stripInvisible } from "../known/invisible.ts";
import type { DispatchInput } from "../schema/dispatch-inputs.ts";
import type { SkillStep } from "./definition.ts";
import { quoted, script } from "./scalar.ts";

// Parts of a skill file as values to be serialised: for the generator, and for edits of a file that is there.

/** A step as a value to be serialised. */
export function toStep(step: SkillStep, id: string): object {
  return {
    id,
    ...(step.name === undefined || step.name === "" ? {} : { name: quoted(step.name) }),
    ...(step.if === undefined ? {} : { if: step.if }),
    ...(step.continue_on_error === undefined ? {} : { "continue-on-error": step.continue_on_error }),
    ...(step.timeout_minutes === undefined ? {} : { "timeout-minutes": step.timeout_minutes }),
    ...(step.env === undefined ? {} : { env: step.env }),
    ...("run" in step
      ? {
          ...(step.shell === undefined ? {} : { shell: step.shell }),
          ...(step.working_directory === undefined ? {} : { "working-directory": step.working_directory }),
          run: script(step.run),
        }
      : { uses: usesOf(step), ...(step.with === undefined ? {} : { with: step.with }) }),
  };
}

/** The version that the commit was behind it as a comment, for people. */
function usesOf({ uses, version }: { uses: string; version?: string | undefined }): string | Scalar<string> {
  if (version === undefined) return uses;
  const scalar = new Scalar(uses);
  scalar.comment = ` ${toOneLine(version)}`;
  return scalar;
}

/** What stands in `on.workflow_dispatch.inputs` for an input. */
export function toDeclaration(input: DispatchInput): object {
  return {
    ...input,
    ...(input.description === undefined ? {} : { description: quoted(toOneLine(input.description)) }),
    ...(input.options === undefined ? {} : { options: input.options.map(quoted) }),
    ...(typeof input.default === "string" ? { default: quoted(input.default) } : {}),
  };
}

/** What stands in `runs-on` for one label, or for several separated by commas. */
export function toRunsOn(labels = "ubuntu-latest"): string | string[] {
  const list = labels
    .split(",")
    .map((label) => label.trim())
    .filter((label) => label !== "");
  return list.length === 1 ? list[0]! : list;
}

function toOneLine(text: string): string {
  return stripInvisible(text.replaceAll(/[\s\u0085\u2028\u2029]+/g, " ")).trim();
}
