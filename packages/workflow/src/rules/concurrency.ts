import type { YAMLMap } from "yaml";
import { removeEntry } from "../edit/splice.ts";
import type { Concurrency, SkillFile } from "../file/read.ts";
import { fixBy } from "../mends/fix-by.ts";
import type { Finding, Rule } from "./rule.ts";

/** In a concurrency group a newer pending run cancels the older one: an execution would vanish without a reason. */
export const concurrency: Rule = {
  id: "concurrency",
  title: "Concurrency that cancels executions",
  severity: "error",
  contract: true,
  *check({ file }) {
    if (file.concurrency !== undefined) yield* checkGroup(file, file.root, file.concurrency);
    for (const job of file.jobs) if (job.concurrency !== undefined) yield* checkGroup(file, job.node, job.concurrency);
  },
};

function* checkGroup(
  { source }: SkillFile,
  parent: YAMLMap | undefined,
  { key, group, cancel_in_progress, queue }: Concurrency,
): Iterable<Finding> {
  const fix = fixBy("Remove the concurrency group", removeEntry(source, parent, "concurrency"));
  if (cancel_in_progress !== undefined && cancel_in_progress.value !== false) {
    yield {
      message: "cancel-in-progress ends executions that are under way; remove it.",
      place: cancel_in_progress.place,
      fix,
    };
    return;
  }
  if (queue?.value === "max" || /\binputs\.execution_id\b/.test(group?.value ?? "")) return;
  yield {
    message: "A second waiting run in this group cancels the first. Remove the group, or add queue: max.",
    place: key.place,
    fix,
  };
}
