import type { Client } from "@infraskill/client/client";
import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { httpHealthCheck } from "@infraskill/workflow/templates/http-health-check";
import type { Draw } from "./values.ts";

export interface Known extends Pick<Draw, "texts" | "fields"> {
  readonly viewer_token: string;
  readonly skill_name: string;
  readonly commit_hash: string;
}

const skill_name = httpHealthCheck.name;

/** Makes a few rows of every kind and says what is there, so that requests reach more than the first refusal. */
export async function prepareKnown(api: Client<typeof publicEndpoints>, url: string): Promise<Known> {
  const skill = await must(api.getSkill({ params: { id: skill_name } }));
  const inputs = { url };
  const execution_ids: string[] = [];
  for (let count = 0; count < 4; count++)
    execution_ids.push((await must(api.executeSkill({ params: { name: skill_name }, body: { inputs } }))).execution_id);
  const plan = { description: "fuzz", skills_sequence: [skill_name, skill_name], step_inputs: [inputs, inputs] };
  const tasks = [await must(api.createTask({ body: plan })), await must(api.createTask({ body: plan }))];
  const viewer = await must(api.createToken({ body: { name: "fuzz", role: "viewer" } }));
  const ids = [...execution_ids, ...tasks.map(({ id }) => id)];
  const typed = { type: "object", properties: { host: { type: "string" }, count: { type: "integer" } } };
  return {
    viewer_token: viewer.token,
    skill_name,
    commit_hash: skill.commit_hash ?? "",
    texts: [
      ...ids,
      skill_name,
      "certificate-expiry",
      "fuzzed",
      "a",
      "1",
      "2",
      "50",
      "hello world",
      "été 🎉",
      "url=x",
      "2026-11-22T10:00:00Z",
      crypto.randomUUID(),
      "a".repeat(63),
      "f".repeat(40),
    ],
    fields: {
      SkillDraft: [skill_name, "fuzzed", "fuzzed-more"].map((name) => ({ name, commands: [{ run: "true" }] })),
      // Its name is the one in the path.
      updateSkill: [{ name: skill_name, commands: [{ run: "true" }] }],
      ExecuteRequest: [{ inputs }, { inputs, dry_run: true }],
      TaskRequest: [plan],
      "skills/id": [skill_name, skill_name, skill_name, "certificate-expiry", "fuzzed", 1, 2, 3],
      "skills/name": [skill_name],
      "tasks/id": tasks.map(({ id }) => id),
      "executions/execution_id": execution_ids,
      execution_id: execution_ids,
      prefer: ["wait=0", "wait=1", "respond-async"],
      "if-match": ['"1"', '"2"', "*", "1"],
      inputs: [inputs, inputs, {}, { url: 1 }, { url, extra: 1 }],
      step_inputs: [[inputs], [inputs, inputs], [{}]],
      inputs_schema: [typed, { type: "object", properties: {} }, { type: "object" }, { properties: [] }],
      outputs_schema: [typed, { type: "object", properties: {} }],
      yaml_content: [generateSkillFile(httpHealthCheck), "on: push\n", "a: &a [*a]\n", "{".repeat(500)],
      skills_sequence: [[skill_name], [skill_name, skill_name], ["nobody"]],
      commands: [[{ run: "true" }], [{ name: "Say", run: 'echo "$HOST"' }]],
      name: ["fuzzed", "fuzzed-again", "fuzzed-more"],
      token: [viewer.token],
      input: [`url=${url}`],
    },
  };
}

type Settled<B> = { ok: true; body: B } | { ok: false; problem: { detail: string } };

/** The body of an answer that must be a success. */
export async function must<B>(answer: Promise<Settled<B>>): Promise<B> {
  const settled = await answer;
  if (!settled.ok) throw new Error(`what the fuzz needs was refused: ${settled.problem.detail}`);
  return settled.body;
}
