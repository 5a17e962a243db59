import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { bodyOf } from "@infraskill/client/body-of";
import { createClient } from "@infraskill/client/client";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { Skill } from "@infraskill/contracts/skill";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import type { Template } from "@infraskill/workflow/templates/template";
import { certificateExpiry } from "@infraskill/workflow/templates/certificate-expiry";
import { httpHealthCheck } from "@infraskill/workflow/templates/http-health-check";
import type { SystemEndpoints } from "./endpoints-file.ts";
import type { Progress } from "./progress.ts";

const demo: readonly Template[] = [httpHealthCheck, certificateExpiry];
const poll_ms = 200;
const active_within_ms = 120_000;

/**
 * Gives a new data directory the demo skills, the way a person would: create, merge the pull request on the local GitHub,
 * wait until active. A start that was interrupted goes on where it was; later starts leave the skills to their owners.
 */
export async function seedDemo(
  data_dir: string,
  endpoints: SystemEndpoints,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const done_file = join(data_dir, "demo-skills-made");
  if (existsSync(done_file)) return;
  const made = demo.map((template) =>
    progress.step(() => makeActive(template, endpoints, signal), `Demo skill ${template.name} is active`),
  );
  await Promise.all(made);
  writeFileSync(done_file, "");
}

/** From nothing to active. Throws when it is refused, gets stuck or takes too long. */
export async function makeActive(template: Template, endpoints: SystemEndpoints, signal: AbortSignal): Promise<void> {
  const client = createClient(publicEndpoints, {
    base_url: endpoints.gateway_url,
    headers: { authorization: `Bearer ${endpoints.admin_token}` },
  });
  const { name, description, category, inputs_schema, outputs_schema } = template;
  const { callback_mode } = bodyOf(await client.settings({ signal }));
  const yaml_content = generateSkillFile({ ...template, callback_mode });
  const body = { name, description, category, inputs_schema, outputs_schema, yaml_content };
  const created = await client.createSkill({ body, signal });
  if (!created.ok && created.status !== 409) throw new Error(created.problem.detail ?? created.problem.title);

  let merged = false;
  const deadline = Date.now() + active_within_ms;
  while (Date.now() < deadline) {
    const answer = await client.getSkill({ params: { id: name }, signal });
    if (answer.ok) {
      const skill = answer.body;
      if (skill.status === "active") return;
      if (!isOnItsWay(skill)) throw new Error(`${name} is ${skill.status}: ${skill.failure ?? "see its page"}`);
      if (skill.status === "pending_approval" && skill.pr_number !== null && !merged) {
        merged = await merge(skill.pr_number, endpoints, signal);
      }
    }
    await delay(poll_ms, undefined, { signal });
  }
  throw new Error(`${name} is not active after ${active_within_ms / 1_000} s`);
}

function isOnItsWay(skill: Skill): boolean {
  return ["validating", "opening_pr", "pending_approval", "activating"].includes(skill.status);
}

/** https://docs.github.com/en/rest/pulls/pulls#merge-a-pull-request. 405 is "not mergeable": also for one merged already. */
async function merge(pr_number: number, endpoints: SystemEndpoints, signal: AbortSignal): Promise<boolean> {
  const url = `${endpoints.github_api_url}/repos/${endpoints.repository}/pulls/${pr_number}/merge`;
  const answer = await fetch(url, {
    method: "PUT",
    headers: {
      authorization: `Bearer ${endpoints.github_token}`,
      accept: "application/vnd.github+json",
      "content-type": "application/json",
    },
    body: JSON.stringify({ merge_method: "merge" }),
    signal,
  });
  await answer.text();
  return answer.ok || answer.status === 405;
}
