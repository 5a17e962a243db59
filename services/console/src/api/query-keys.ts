import type { ExecutionQuery, SkillQuery, TaskQuery } from "@infraskill/contracts/queries";

export type SkillFilter = Partial<Pick<SkillQuery, "q" | "status" | "pending" | "category">>;
export type ExecutionFilter = Partial<Omit<ExecutionQuery, "limit" | "cursor">>;
export type TaskFilter = Partial<Omit<TaskQuery, "limit" | "cursor">>;

/** Every key of the query cache. A shorter key invalidates all that begin with it. */
export const queryKeys = {
  me: ["me"],
  settings: ["settings"],
  skills: ["skills"],
  skillLists: ["skills", "list"],
  skillList: (filter: SkillFilter) => ["skills", "list", filter],
  skill: (name: string) => ["skills", "one", name],
  revisions: (name: string) => ["skills", "one", name, "revisions"],
  templates: ["templates"],
  validation: (hash: string) => ["validation", hash],
  executions: ["executions"],
  executionLists: ["executions", "list"],
  executionList: (filter: ExecutionFilter) => ["executions", "list", filter],
  execution: (id: string) => ["executions", "one", id],
  executionLog: (id: string) => ["executions", "one", id, "log"],
  tasks: ["tasks"],
  taskLists: ["tasks", "list"],
  taskList: (filter: TaskFilter) => ["tasks", "list", filter],
  task: (id: string) => ["tasks", "one", id],
  resumePlan: (id: string, version: string | null) => ["tasks", "one", id, "plan", version],
  ops: ["ops"],
  failedDeliveries: ["deliveries", "failed"],
  tokens: ["tokens"],
  readiness: ["readiness"],
} as const;
