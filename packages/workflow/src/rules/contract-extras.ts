import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { YAMLMap } from "yaml";
import { emptyEntry, removeEntry, replaceByBlock } from "../edit/splice.ts";
import type { Job, SkillFile, Step } from "../file/read.ts";
import { entriesOf, entry, mapOf, pairOf, textOf, type Entry } from "../file/source.ts";
import { fixBy } from "../mends/fix-by.ts";
import { proofs } from "../skill/contract-proofs.ts";
import type { Finding } from "./rule.ts";

/** What stands in a contract job beside what infraskill writes into it. `own` is the step that runs infraskill's script. */
export function* checkExtras(file: SkillFile, job: Job, own: Step | undefined, mode: CallbackMode): Iterable<Finding> {
  yield* checkKeys(file, job);
  yield* checkPermissions(file, job, mode);
  yield* checkVariables(file, job.node, job.id.value);
  yield* checkVariables(file, own?.node, job.id.value);
}

/** Variables of the whole file reach both contract jobs; other jobs may need them, so taking them away is left to a person. */
export function* checkSharedVariables(file: SkillFile): Iterable<Finding> {
  for (const finding of checkVariables(file, file.root, "claim and report")) yield { ...finding, fix: null };
}

/** Judged elsewhere, or as free as they are in any job. */
const judgedElsewhere: ReadonlySet<string> = new Set([
  "name",
  "needs",
  "if",
  "runs-on",
  "timeout-minutes",
  "permissions",
  "steps",
  "env",
  "continue-on-error",
  "concurrency",
]);

/** What brings programs of its own, or runs the job more than once. */
const runsOthers: ReadonlySet<string> = new Set(["container", "services", "strategy", "uses", "with", "secrets"]);

function* checkKeys(file: SkillFile, job: Job): Iterable<Finding> {
  const { source } = file;
  for (const found of entriesOf(source, job.node)) {
    const key = found.key.value;
    if (judgedElsewhere.has(key)) continue;
    const harmful = key.includes("${{") || (runsOthers.has(key) && !isPinnedContainer(file, found));
    yield {
      message: harmful
        ? `${job.id.value} must hold nothing but infraskill's own step: through ${key} something else can take its proof or act in its place. Remove it.`
        : `${job.id.value} needs no ${key}: it holds nothing but infraskill's own step.`,
      place: found.key.place,
      severity: harmful ? "error" : "warning",
      // Without what it calls, the job would be no job.
      fix: job.uses === undefined ? fixBy(`Remove ${key}`, removeEntry(source, job.node, key)) : null,
    };
  }
}

/** Runners that take only jobs with a container need one; with a digest it is what the review has seen. */
function isPinnedContainer({ source }: SkillFile, { key, value }: Entry): boolean {
  if (key.value !== "container") return false;
  const image = textOf(source, value) ?? textOf(source, entry(source, value, "image")?.value);
  return image !== undefined && /^[^$\s]+@sha256:[0-9a-f]{64}$/.test(image.value);
}

function* checkPermissions(file: SkillFile, job: Job, mode: CallbackMode): Iterable<Finding> {
  const { source } = file;
  const wanted = proofs[mode].permissions;
  const pair = pairOf(source, job.node, "permissions");
  const fix = () =>
    fixBy(
      "Give it what it needs only",
      pair === undefined
        ? undefined
        : Object.keys(wanted).length === 0
          ? emptyEntry(source, pair)
          : replaceByBlock(source, pair, wanted),
    );
  for (const { scope, access } of job.permissions?.scopes ?? []) {
    if (access.value === "none" || scope.value in wanted) continue;
    yield {
      message: `${job.id.value} does not need ${scope.value}: ${access.value}.`,
      place: scope.place,
      severity: access.value === "write" ? "error" : "warning",
      fix: fix(),
    };
  }
}

/** Bash, the linker and curl take code or another destination from these, whatever the script says. */
const bendsScript =
  /^(?:(?:LD|DYLD)_\w+|PATH|ENV|BASH_ENV|BASH_FUNC_.*|PS4|IFS|SHELLOPTS|BASHOPTS|GCONV_PATH|OPENSSL_CONF|HOME|CURL_HOME|XDG_CONFIG_HOME|ACTIONS_ID_TOKEN_REQUEST_\w+)$/i;

function* checkVariables(file: SkillFile, holder: YAMLMap | undefined, reached: string): Iterable<Finding> {
  const { source } = file;
  const env = entry(source, holder, "env");
  if (env === undefined) return;
  const without = (title: string, name?: string) =>
    fixBy(
      title,
      (name === undefined ? undefined : removeEntry(source, mapOf(source, env.value), name)) ??
        removeEntry(source, holder, "env"),
    );
  const whole = textOf(source, env.value);
  if (whole !== undefined) {
    yield {
      message: `What variables this env brings is only known when it runs, and ${reached} must not obey them. Name them one by one, in the job that needs them.`,
      place: whole.place,
      fix: without("Remove env"),
    };
  }
  for (const { key } of entriesOf(source, env.value)) {
    if (!bendsScript.test(key.value) && !key.value.includes("${{")) continue;
    yield {
      message: `${key.value} changes what infraskill's script in ${reached} runs or reads. Set it in the job that needs it.`,
      place: key.place,
      fix: without(`Remove ${key.value}`, key.value),
    };
  }
}
