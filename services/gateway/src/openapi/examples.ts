import { TokenRequest } from "@infraskill/contracts/actor";
import { Diagnostic } from "@infraskill/contracts/diagnostic";
import { CallbackBody, ExecuteRequest, Execution, RerunRequest } from "@infraskill/contracts/execution";
import { Problem, problemType } from "@infraskill/contracts/problem";
import { RenderRequest, Skill, SkillDraft, ValidateRequest } from "@infraskill/contracts/skill";
import { ResumeRequest, TaskRequest } from "@infraskill/contracts/task";
import type { z } from "zod";

/** An example of each thing that callers send, and of those they get most, by the schema's name in the description. */
export function examplesByName(): ReadonlyMap<string, unknown> {
  return new Map(examples.map(({ schema, value }) => [schema.meta()?.id ?? "", value]));
}

const at = "2026-01-31T09:30:00.000Z";
const commit_hash = "9fceb02d0ae598e95dc970b74767f19372d61af8";
const execution_id = "0190b3a4-5c6d-4e8f-9a0b-1c2d3e4f5a6b";
const run_url = "https://github.com/acme/skills/actions/runs/4242";
const inputs_schema = {
  type: "object",
  properties: { namespace: { type: "string" }, deployment: { type: "string" } },
  required: ["namespace", "deployment"],
};
const outputs_schema = { type: "object", properties: { ready: { type: "integer" } } };
const inputs = { namespace: "shop", deployment: "cart" };
const told = {
  name: "restart-deployment",
  description: "Restarts a deployment and waits until it is rolled out",
  category: "kubernetes",
  inputs_schema,
  outputs_schema,
};
const commands = [{ name: "Restart", run: 'kubectl -n "$NAMESPACE" rollout restart "deployment/$DEPLOYMENT"' }];

export const examples = [
  exampleOf(SkillDraft, { ...told, commands, runs_on: "ubuntu-latest", timeout_minutes: 10 }),
  exampleOf(RenderRequest, { ...told, commands }),
  exampleOf(ValidateRequest, { yaml_content: "on: workflow_dispatch\njobs: {}\n" }),
  exampleOf(Skill, {
    ...told,
    id: 7,
    status: "active",
    revision: 2,
    concurrency: null,
    yaml_content: 'name: "restart-deployment"\n',
    github_path: ".github/workflows/skill-restart-deployment.yml",
    pr_number: 12,
    pr_url: "https://github.com/acme/skills/pull/12",
    commit_hash,
    validation_errors: [],
    new_findings: null,
    failure: null,
    pending_revision: null,
    created_at: at,
    approved_at: at,
    created_by: "ada",
    last_execution: { execution_id, status: "succeeded", completed_at: at },
  }),
  exampleOf(Diagnostic, {
    source: "infraskill",
    severity: "error",
    rule: "template-injection",
    message: "A caller decides what runs here: pass the input through env.",
    line: 31,
    column: 20,
    end_line: 31,
    end_column: 43,
    fix: null,
  }),
  exampleOf(ExecuteRequest, { inputs }),
  exampleOf(RerunRequest, { inputs: { namespace: "shop-staging" } }),
  exampleOf(Execution, {
    execution_id,
    skill_id: 7,
    skill_name: told.name,
    revision: 2,
    commit_hash,
    task_id: null,
    status: "succeeded",
    inputs,
    outputs: { ready: 3 },
    output_errors: null,
    github_run_id: 4242,
    run_url,
    logs_url: run_url,
    failure: null,
    requested_by: "ada",
    started_at: at,
    dispatched_at: at,
    completed_at: at,
  }),
  exampleOf(CallbackBody, { execution_id, status: "success", outputs: { ready: "3" }, logs_url: run_url }),
  exampleOf(TaskRequest, {
    description: "Move db-7 out of the way and upgrade it",
    user_request: "please upgrade db-7 tonight",
    inputs: { host: "db-7" },
    skills_sequence: ["drain-host", "upgrade-host"],
    step_inputs: [
      { host: "${{ task.inputs.host }}" },
      { host: "${{ task.inputs.host }}", token: "${{ steps.0.outputs.drain_token }}" },
    ],
  }),
  exampleOf(ResumeRequest, { plan_version: 4 }),
  exampleOf(TokenRequest, { name: "ci", role: "operator", expires_at: "2027-01-31T00:00:00Z" }),
  exampleOf(Problem, {
    type: problemType("refused"),
    title: "Well-formed, but refused",
    status: 422,
    detail: "The inputs do not fit the skill's schema.",
    instance: "6ba04737-ac13-4836-aee6-86821da77b4f",
    errors: [{ pointer: "/inputs/namespace", detail: "is required" }],
  }),
];

function exampleOf<S extends z.ZodType>(schema: S, value: z.input<S>) {
  return { schema: schema as z.ZodType, value: value as unknown };
}
