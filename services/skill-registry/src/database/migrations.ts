import type { Migration } from "kysely/migration";
import * as skills from "./migrations/0001-skills.ts";
import * as tasks from "./migrations/0002-tasks.ts";
import * as executions from "./migrations/0003-executions.ts";
import * as deliveries from "./migrations/0004-deliveries.ts";
import * as audit from "./migrations/0005-audit.ts";
import * as access from "./migrations/0006-access.ts";
import * as idempotency from "./migrations/0007-idempotency.ts";
import * as chores from "./migrations/0008-chores.ts";
import * as choreWork from "./migrations/0009-chore-work.ts";
import * as checkRules from "./migrations/0013-check-rules.ts";
import * as logTexts from "./migrations/0014-log-texts.ts";
import * as repositoryId from "./migrations/0015-repository-id.ts";
import * as taskResumes from "./migrations/0016-task-resumes.ts";
import * as overrunSlots from "./migrations/0017-overrun-slots.ts";
import * as taskSearch from "./migrations/0018-task-search.ts";
import * as pendingRevisions from "./migrations/0019-pending-revisions.ts";
import * as searchWithoutInputs from "./migrations/0020-search-without-inputs.ts";
import * as firstAnswers from "./migrations/0021-first-answers.ts";

/** In order; a released one is never edited. */
export const migrations: Record<string, Migration> = {
  "0001-skills": skills,
  "0002-tasks": tasks,
  "0003-executions": executions,
  "0004-deliveries": deliveries,
  "0005-audit": audit,
  "0006-access": access,
  "0007-idempotency": idempotency,
  "0008-chores": chores,
  "0009-chore-work": choreWork,
  "0013-check-rules": checkRules,
  "0014-log-texts": logTexts,
  "0015-repository-id": repositoryId,
  "0016-task-resumes": taskResumes,
  "0017-overrun-slots": overrunSlots,
  "0018-task-search": taskSearch,
  "0019-pending-revisions": pendingRevisions,
  "0020-search-without-inputs": searchWithoutInputs,
  "0021-first-answers": firstAnswers,
};
