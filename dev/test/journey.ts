import type { ExecutionDetail } from "@infraskill/contracts/execution";
import type { Skill, SkillDraft } from "@infraskill/contracts/skill";
import { until } from "@infraskill/testing/until";
import { must, type System } from "./system.ts";

/** What a journey needs of a system. */
type Calls = Pick<System, "api">;

/** A skill with one text input that comes back as its output. */
export function draft(name: string, change: Partial<SkillDraft> = {}): SkillDraft {
  return {
    name,
    description: "Says what it was told",
    category: "test",
    inputs_schema: { type: "object", properties: { message: { type: "string" } }, required: ["message"] },
    outputs_schema: { type: "object", properties: { said: { type: "string" } } },
    commands: [{ name: "Say it", run: sayIt }],
    ...change,
  };
}

/** Any text survives this way into the outputs (GitHub's heredoc form). */
const sayIt = [
  "{",
  '  echo "said<<END_OF_MESSAGE"',
  "  printf '%s\\n' \"$MESSAGE\"",
  '  echo "END_OF_MESSAGE"',
  '} >>"$GITHUB_OUTPUT"',
].join("\n");

export async function waitForSkill(
  system: Calls,
  name: string,
  status: Skill["status"],
  timeout_ms = 60_000,
): Promise<Skill> {
  const settled = async () => {
    const skill = await must(system.api.getSkill({ params: { id: name } }));
    if (["invalid", "failed"].includes(skill.status) && skill.status !== status)
      throw new Error(`${name} is ${skill.status}: ${skill.failure}`);
    return skill.status === status && skill;
  };
  return until(settled, { timeout_ms, every_ms: 50, what: `${name} ${status}` });
}

/** Presses the Merge button of a pull request's page, as a person's browser would. */
export async function mergeOnPage(pr_url: string): Promise<void> {
  await pressOnPage(pr_url, "merge", { method: "merge" });
}

/** Presses a button of a pull request's page. */
export async function pressOnPage(
  pr_url: string,
  button: "merge" | "close",
  form: Readonly<Record<string, string>> = {},
): Promise<void> {
  const response = await fetch(`${pr_url}/${button}`, {
    method: "POST",
    headers: { origin: new URL(pr_url).origin },
    body: new URLSearchParams(form),
    redirect: "manual",
  });
  if (response.status >= 400) throw new Error(`${button} answered ${response.status}: ${await response.text()}`);
}

/** From nothing to active. */
export async function makeActive(system: Calls, skill: SkillDraft): Promise<Skill> {
  await must(system.api.createSkill({ body: skill }));
  const pending = await waitForSkill(system, skill.name, "pending_approval");
  await mergeOnPage(pending.pr_url ?? "");
  return waitForSkill(system, skill.name, "active");
}

export async function execute(system: Calls, name: string, inputs: Record<string, unknown>): Promise<string> {
  return (await must(system.api.executeSkill({ params: { name }, body: { inputs } }))).execution_id;
}

/** The execution once it has ended and its logs are kept. */
export async function waitForEnd(system: Calls, execution_id: string, timeout_ms = 60_000): Promise<ExecutionDetail> {
  const ended = async () => {
    const execution = await must(system.api.getExecution({ params: { execution_id } }));
    return (
      execution.completed_at !== null && execution.events.some(({ action }) => action === "logs_collected") && execution
    );
  };
  return until(ended, { timeout_ms, every_ms: 50, what: `execution ${execution_id} to end` });
}
