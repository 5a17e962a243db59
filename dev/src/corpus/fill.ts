/** What goes into a generated skill file. Indentation starts at column 0. */
export type Parts = {
  /** Keys of the file. */
  readonly top?: string;
  /** Keys of the job `execute`. */
  readonly job?: string;
  /** Variables of the job `execute`. */
  readonly env?: string;
  /** Instead of the step `first`. */
  readonly steps?: string;
  /** Jobs in front of `execute`. */
  readonly jobs?: string;
};

/** A file as `generateSkillFile` makes it of one command whose id is `first`, with other parts in it. */
export function fill(base: string, parts: Parts): string {
  const first = base.indexOf("      - id: first\n");
  const report = base.indexOf("  report:\n");
  const steps = parts.steps === undefined ? base.slice(first, report) : indent(parts.steps, 6);
  let text = base.slice(0, first) + steps + base.slice(report);
  for (const [key, written] of Object.entries(replaceable)) {
    if (new RegExp(`^${key}:`, "m").test(parts.job ?? "")) text = text.replace(written, "");
  }
  const jobs = /^\w+/.exec(parts.jobs ?? "")?.[0];
  if (jobs !== undefined) text = text.replace(reportNeeds, () => `${reportNeeds}      - ${jobs}\n`);
  text = text.replace(firstVariable, () => indent(parts.env ?? "", 6) + firstVariable);
  text = text.replace(execute, () => indent(parts.jobs ?? "", 2) + execute + indent(parts.job ?? "", 4));
  return text.replace(permissions, () => permissions + indent(parts.top ?? "", 0));
}

// Places of the base file.
const permissions = "permissions: {}\n";
const execute = "  execute:\n    name: Execute\n";
const firstVariable = "      TARGET: ";
const reportNeeds = "    needs:\n      - claim\n      - execute\n";
/** What a job may have instead, by its key. */
const replaceable = {
  needs: "    needs: claim\n",
  "runs-on": "    runs-on: ubuntu-latest\n    timeout-minutes: 15\n",
  environment: /^ {4}environment: .*\n/m,
  defaults: "    defaults:\n      run:\n        shell: bash\n",
};

function indent(text: string, columns: number): string {
  const lines = text.replaceAll(/^\n|\n$/g, "").split("\n");
  return text === "" ? "" : lines.map((line) => (line === "" ? "\n" : `${" ".repeat(columns)}${line}\n`)).join("");
}
