import { fileStart, type Rule } from "../rule.ts";

/** After an unknown answer to a dispatch, the run is found by its title. */
export const runName: Rule = {
  id: "run-name",
  title: "run-name without the execution",
  severity: "error",
  *check({ file, name }) {
    if (file.run_name === undefined || !/\$\{\{\s*inputs\.execution_id\s*\}\}/.test(file.run_name.value)) {
      const example = `run-name: "${name ?? "<name>"} · \${{ inputs.execution_id }}"`;
      yield { message: `A run is found by its title: write ${example}.`, place: file.run_name?.place ?? fileStart };
    }
    if (name !== undefined && file.name?.value !== name) {
      const message =
        file.name === undefined
          ? `Give the workflow the skill's name: name: "${name}".`
          : `The workflow is named differently from its skill, ${name}.`;
      yield { message, place: file.name?.place ?? fileStart, severity: "warning" };
    }
  },
};
