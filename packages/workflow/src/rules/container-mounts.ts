import { isSeq, type Node } from "yaml";
import { entriesOf, entry, itemsOf, textOf, type Entry, type Located, type Source } from "../file/source.ts";
import type { Finding, Rule } from "./rule.ts";

/** What a container shares with its runner outlives it: on an own runner that is the machine of the next execution. */
export const containerMounts: Rule = {
  id: "container-mounts",
  title: "Container with access to its runner",
  severity: "error",
  allowable: true,
  *check({ file: { source, jobs } }) {
    for (const job of jobs) {
      if (job.container !== undefined) yield* checkContainer(source, job.container);
      for (const service of entriesOf(source, job.services?.value)) yield* checkContainer(source, service);
    }
  },
};

function* checkContainer(source: Source, { value }: Entry): Iterable<Finding> {
  for (const item of volumesOf(source, value)) {
    const [from = ""] = item.value.split(":");
    if (!item.value.includes(":")) continue;
    if (isPath(from)) {
      yield {
        message: `${from} of the runner is mounted into the container, so what runs in it can change the runner.`,
        place: item.place,
      };
    } else {
      yield {
        message: `The volume ${from} stays on the runner and is there for the next job that mounts it.`,
        place: item.place,
        severity: "warning",
      };
    }
  }
  const options = textOf(source, entry(source, value, "options")?.value);
  const dangerous =
    /(?:^|\s)(--privileged|-v|--volume|--mount|--volumes-from|--device|--cap-add|--security-opt|--(?:pid|ipc|uts|userns|network|net|cgroupns)[= ]host)(?=[\s=]|$)/.exec(
      options?.value ?? "",
    );
  if (options !== undefined && dangerous !== null) {
    yield { message: `${dangerous[1]!} gives the container access to its runner.`, place: options.place };
  }
}

function volumesOf(source: Source, container: unknown): Located<string>[] {
  const volumes = entry(source, container, "volumes")?.value as Node | undefined;
  return isSeq(volumes) ? itemsOf(source, volumes).flatMap((item) => textOf(source, item) ?? []) : [];
}

/** An absolute or relative path, or one that is only known when it runs. */
function isPath(from: string): boolean {
  return /^[/.~$\\]|^[A-Za-z]:\\|\$\{\{/.test(from);
}
