import { artifactCredentials } from "./rules/artifact-credentials.ts";
import { callbackSecret } from "./rules/callback-secret.ts";
import { callerChoice } from "./rules/caller-choice.ts";
import { claimJob } from "./rules/claim-job.ts";
import { concurrency } from "./rules/concurrency.ts";
import { containerMounts } from "./rules/container-mounts.ts";
import { continueOnError } from "./rules/continue-on-error.ts";
import { contractInputsRule } from "./rules/contract-inputs.ts";
import { contractScript } from "./rules/contract-script.ts";
import { deprecatedCommands } from "./rules/deprecated-commands.ts";
import { looseContains } from "./rules/loose-contains.ts";
import { nestedCode } from "./rules/nested-code.ts";
import { obeyedVariables } from "./rules/obeyed-variables.ts";
import { optionInjection } from "./rules/option-injection.ts";
import { permissions } from "./rules/permissions.ts";
import { reportJob } from "./rules/report-job.ts";
import type { Rule } from "./rules/rule.ts";
import { runName } from "./rules/run-name.ts";
import { runnerFiles } from "./rules/runner-files.ts";
import { schemaAgrees } from "./rules/schema-agrees.ts";
import { secretExposure } from "./rules/secret-exposure.ts";
import { secretLiteral } from "./rules/secret-literal.ts";
import { secretsDump } from "./rules/secrets-dump.ts";
import { templateInjection } from "./rules/template-injection.ts";
import { timeoutMinutes } from "./rules/timeout-minutes.ts";
import { tooManyInputs } from "./rules/too-many-inputs.ts";
import { triggers } from "./rules/triggers.ts";
import { unpinnedAction } from "./rules/unpinned-action.ts";

/** infraskill's rules, in the order in which a reader wants to hear of them. */
export const rules: readonly Rule[] = [
  triggers,
  contractInputsRule,
  tooManyInputs,
  schemaAgrees,
  runName,
  claimJob,
  reportJob,
  contractScript,
  continueOnError,
  looseContains,
  templateInjection,
  nestedCode,
  optionInjection,
  obeyedVariables,
  runnerFiles,
  secretLiteral,
  secretsDump,
  secretExposure,
  artifactCredentials,
  callbackSecret,
  permissions,
  unpinnedAction,
  callerChoice,
  containerMounts,
  concurrency,
  timeoutMinutes,
  deprecatedCommands,
];
