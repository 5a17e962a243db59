import { addAbove, addEntry, block, replaceValue } from "../edit/splice.ts";
import { fixBy } from "../mends/fix-by.ts";
import { quoted } from "../skill/scalar.ts";
import { fileStart, type Rule } from "./rule.ts";

/** After an unknown answer to a dispatch, the run is found by its title. */
export const runName: Rule = {
  id: "run-name",
  title: "run-name without the execution",
  severity: "error",
  contract: true,
  *check({ file, name }) {
    const { source, root } = file;
    if (file.run_name === undefined || !/\$\{\{\s*inputs\.execution_id\s*\}\}/.test(file.run_name.value)) {
      const title = `${name ?? file.name?.value ?? "skill"} · \${{ inputs.execution_id }}`;
      const edit =
        file.run_name === undefined
          ? addEntry(source, root, "run-name", quoted(title), "name")
          : replaceValue(source, file.run_name.node, quoted(title));
      yield {
        message: `A run is found by its title: write run-name: "${title}".`,
        place: file.run_name?.place ?? fileStart,
        fix: fixBy("Name runs after their execution", edit),
      };
    }
    if (name !== undefined && file.name?.value !== name) {
      const first = root?.range?.[0];
      const edit =
        file.name !== undefined
          ? replaceValue(source, file.name.node, quoted(name))
          : first === undefined || root?.flow === true
            ? undefined
            : addAbove(source, first, block({ name: quoted(name) }, 0));
      yield {
        message:
          file.name === undefined
            ? `Give the workflow the skill's name: name: "${name}".`
            : `The workflow is named differently from its skill, ${name}.`,
        place: file.name?.place ?? fileStart,
        severity: "warning",
        fix: fixBy("Name it after the skill", edit),
      };
    }
  },
};
