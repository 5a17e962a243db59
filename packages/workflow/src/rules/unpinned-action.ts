import type { Rule } from "../rule.ts";
import type { Located } from "../source.ts";

/** A tag or branch can be moved to other code after the review; a commit cannot. */
export const unpinnedAction: Rule = {
  id: "unpinned-action",
  title: "Action not pinned to a commit",
  severity: "error",
  *check({ file }) {
    const used: Located<string>[] = [];
    for (const job of file.jobs) {
      if (job.uses !== undefined) used.push(job.uses);
      for (const step of job.steps) if (step.uses !== undefined) used.push(step.uses);
    }
    for (const uses of used) {
      if (isPinned(uses.value)) continue;
      const kind = uses.value.startsWith("docker://")
        ? "image by its digest (@sha256:…)"
        : "commit (40 hexadecimal digits after @)";
      yield { message: `${uses.value} can change after the review: pin the ${kind}.`, place: uses.place };
    }
  },
};

function isPinned(uses: string): boolean {
  if (uses.startsWith("./") || uses.startsWith("../")) return true;
  if (uses.startsWith("docker://")) return /@sha256:[0-9a-f]{64}$/.test(uses);
  return /@(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(uses);
}
