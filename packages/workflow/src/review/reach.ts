import { referencesIn } from "../evaluate/references.ts";
import { fileExpressions } from "../file/file-expressions.ts";
import type { Job, Permissions, SkillFile } from "../file/read.ts";
import { entriesOf, entry, textOf, type Located, type Source } from "../file/source.ts";
import { codeSpan, table } from "./markdown.ts";

/** What a file may touch, one text for each thing, so that two files can be compared. */
export type Reach = {
  readonly permissions: readonly string[];
  readonly actions: readonly string[];
  readonly secrets: readonly string[];
};

export function reachOf(file: SkillFile): Reach {
  return {
    permissions: file.jobs.flatMap((job) =>
      grantsOf(job.permissions ?? file.permissions).map((grant) => `${job.id.value}: ${grant}`),
    ),
    actions: [...new Set(usesOf(file).map(({ uses }) => uses))],
    secrets: secretsOf(file),
  };
}

/** Per job, as the file grants them: a job without its own has the file's. */
export function describePermissions(file: SkillFile): string {
  const rows = file.jobs.map((job) => [codeSpan(job.id.value), grant(job.permissions ?? file.permissions)]);
  return rows.length === 0 ? "The file declares no jobs." : table(["job", "GITHUB_TOKEN may"], rows);
}

/** Other people's code that the skill runs: actions, called workflows and images, and the versions that comments name. */
export function describeActions(file: SkillFile): string {
  const rows = usesOf(file).map(({ uses, version, job }) => [codeSpan(uses), codeSpan(version, 40), codeSpan(job, 60)]);
  return rows.length === 0 ? "None: it runs shell scripts only." : table(["uses", "version", "in job"], rows);
}

export function describeSecrets(file: SkillFile): string {
  const secrets = secretsOf(file);
  return secrets.length === 0 ? "None." : secrets.map((name) => codeSpan(name, 120)).join(", ");
}

function usesOf({ jobs, source }: SkillFile): { uses: string; version: string; job: string }[] {
  return jobs.flatMap((job) =>
    [job.uses, ...imagesOf(source, job), ...job.steps.map(({ uses }) => uses)].flatMap((uses) => {
      if (uses === undefined) return [];
      const line = source.text.slice(uses.place.end).split("\n", 1)[0] ?? "";
      const version = /^["']?\s*#\s*(\S+)/.exec(line)?.[1] ?? "";
      return [{ uses: uses.value, version, job: job.id.value }];
    }),
  );
}

/** Of its container and its services. */
function imagesOf(source: Source, { container, services }: Job): (Located<string> | undefined)[] {
  const containers = [container?.value, ...entriesOf(source, services?.value).map(({ value }) => value)];
  return containers.map((given) => textOf(source, given) ?? textOf(source, entry(source, given, "image")?.value));
}

/** The secrets that expressions name, in the order of the file; `secrets` alone when one hands over all of them. */
function secretsOf({ source }: SkillFile): string[] {
  const names = [...fileExpressions(source, /secrets/i)]
    .flatMap(({ expr }) => [...referencesIn(expr)])
    .flatMap(({ context, path }) => (context === "secrets" ? [path[0] ?? "secrets (all of them)"] : []));
  return [...new Set(names)];
}

function grant(permissions: Permissions | undefined): string {
  if (permissions === undefined) return unlimited;
  const grants = grantsOf(permissions);
  return grants.length === 0 ? "nothing" : grants.map((text) => codeSpan(text)).join(", ");
}

function grantsOf(permissions: Permissions | undefined): string[] {
  if (permissions === undefined) return [unlimited];
  if (permissions.all !== undefined && permissions.scopes.length === 0) return [permissions.all];
  return permissions.scopes.map(({ scope, access }) => `${scope.value}: ${access.value}`);
}

const unlimited = "whatever the repository's default allows";
