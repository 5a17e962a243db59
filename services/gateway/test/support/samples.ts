import type { Execution, ExecutionLogs } from "@infraskill/contracts/execution";
import { type Job, jobId } from "@infraskill/contracts/queues";
import type { Skill } from "@infraskill/contracts/skill";

export const execution_id = "0190b3a4-5c6d-4e8f-9a0b-1c2d3e4f5a6b";
const at = "2026-11-22T10:00:00.000Z";
const sha = "a".repeat(40);

export function aSkill(change: Partial<Skill> = {}): Skill {
  return {
    id: 7,
    name: "say-hello",
    description: "",
    category: "general",
    status: "validating",
    revision: 1,
    inputs_schema: { type: "object", properties: {} },
    outputs_schema: { type: "object", properties: {} },
    concurrency: null,
    yaml_content: "name: say-hello\n",
    github_path: ".github/workflows/skill-say-hello.yml",
    pr_number: null,
    pr_url: null,
    commit_hash: null,
    validation_errors: null,
    new_findings: null,
    failure: null,
    pending_revision: null,
    created_at: at,
    approved_at: null,
    created_by: "ada",
    last_execution: null,
    ...change,
  };
}

export function anExecution(change: Partial<Execution> = {}): Execution {
  return {
    execution_id,
    skill_id: 7,
    skill_name: "say-hello",
    revision: 1,
    commit_hash: sha,
    task_id: null,
    status: "queued",
    inputs: {},
    outputs: null,
    output_errors: null,
    github_run_id: null,
    run_url: null,
    logs_url: null,
    failure: null,
    requested_by: "ada",
    started_at: at,
    dispatched_at: null,
    completed_at: null,
    ...change,
  };
}

export const some_logs: ExecutionLogs = {
  complete: true,
  jobs: [
    { job_id: 1, name: "claim", conclusion: "success", lines: [{ line: 1, text: "claimed" }] },
    {
      job_id: 2,
      name: "execute",
      conclusion: "success",
      lines: [
        { line: 1, text: "hello" },
        { line: 2, text: "bye" },
      ],
    },
  ],
};

export function aJob(queue: Job["queue"], id: string): Job {
  return { queue, job_id: jobId(queue, id, 1, new Date(at)), payload: { id, version: 1 } };
}
