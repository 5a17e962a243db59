import { readSkillFile } from "../file/read.ts";
import { quoted } from "../skill/scalar.ts";
import { likeBefore, made, setEntry, andThen } from "./entries.ts";
import { addAbove, block } from "./splice.ts";

/** Sets the skill's name: what GitHub shows, and what its runs are found by. */
export function setName(text: string, name: string): string | undefined {
  return andThen(setTitle(text, name), (next) => {
    const { run_name } = readSkillFile(next);
    const value = `${name} · \${{ inputs.execution_id }}`;
    const written = run_name === undefined ? quoted(value) : likeBefore(run_name.node, value);
    return setEntry(next, (file) => file.root, "run-name", written, "name");
  });
}

function setTitle(text: string, name: string): string | undefined {
  const { source, root, name: title } = readSkillFile(text);
  if (title !== undefined) return setEntry(text, (file) => file.root, "name", likeBefore(title.node, name));
  const first = root?.range?.[0];
  if (first === undefined || root?.flow === true) return undefined;
  return made(text, addAbove(source, first, block({ name: quoted(name) }, 0)));
}
