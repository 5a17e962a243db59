/** The least that reads a page of executions: the columns the API tells, newest first. */
export const keysetPage = `
  select execution_id, skill_id, skill_name, revision, commit_hash, task_id, status, inputs, outputs, output_errors, github_run_id, run_url,
    logs_url, failure_code, failure_detail, requested_by, started_at, dispatched_at, completed_at
  from skill_executions order by started_at desc, execution_id desc limit 50`;
