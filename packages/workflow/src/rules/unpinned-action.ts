import { entriesOf, entry, textOf, type Located } from "../file/source.ts";
import { howToFind, pinAction } from "../mends/pin-action.ts";
import type { Rule } from "./rule.ts";

/** A tag or branch can be moved to other code after the review; a commit cannot. */
export const unpinnedAction: Rule = {
  id: "unpinned-action",
  title: "Action not pinned to a commit",
  severity: "error",
  allowable: true,
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
      const fix = pinAction(file.source, uses);
      const way = fix === null ? howToFind(uses.value) : undefined;
      yield {
        message: `${uses.value} can change after the review: pin the ${kind}.${way === undefined ? "" : ` ${way}.`}`,
        place: uses.place,
        fix,
      };
    }
    for (const job of file.jobs) {
      const containers = [
        job.container?.value,
        ...entriesOf(file.source, job.services?.value).map(({ value }) => value),
      ];
      for (const container of containers) {
        const image =
          textOf(file.source, container) ?? textOf(file.source, entry(file.source, container, "image")?.value);
        if (image === undefined || !isNewest(image.value)) continue;
        yield {
          message: `${image.value} is whatever is newest when it runs: name a version, or better its digest (@sha256:…).`,
          place: image.place,
          severity: "warning",
        };
      }
    }
  },
};

function isPinned(uses: string): boolean {
  if (uses.startsWith("./") || uses.startsWith("../")) return true;
  if (uses.startsWith("docker://")) return /@sha256:[0-9a-f]{64}$/.test(uses);
  return /@(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(uses);
}

/** An image without a tag, or with `latest`. */
function isNewest(image: string): boolean {
  if (image === "" || image.includes("${{") || image.includes("@sha256:")) return false;
  const [, tag] = image.slice(image.lastIndexOf("/") + 1).split(":");
  return tag === undefined || tag === "latest";
}
