import { artifactCredentials } from "./rule-pages/artifact-credentials.ts";
import { callbackSecret } from "./rule-pages/callback-secret.ts";
import { callerChoice } from "./rule-pages/caller-choice.ts";
import { claimJob } from "./rule-pages/claim-job.ts";
import { concurrency } from "./rule-pages/concurrency.ts";
import { containerMounts } from "./rule-pages/container-mounts.ts";
import { continueOnError } from "./rule-pages/continue-on-error.ts";
import { contractInputs } from "./rule-pages/contract-inputs.ts";
import { contractScript } from "./rule-pages/contract-script.ts";
import { deprecatedCommands } from "./rule-pages/deprecated-commands.ts";
import { duplicateKey } from "./rule-pages/duplicate-key.ts";
import { invisibleCharacter } from "./rule-pages/invisible-character.ts";
import { looseContains } from "./rule-pages/loose-contains.ts";
import { nestedCode } from "./rule-pages/nested-code.ts";
import { obeyedVariables } from "./rule-pages/obeyed-variables.ts";
import { optionInjection } from "./rule-pages/option-injection.ts";
import { permissions } from "./rule-pages/permissions.ts";
import { reportJob } from "./rule-pages/report-job.ts";
import type { RulePage } from "./rule-pages/rule-page.ts";
import { runName } from "./rule-pages/run-name.ts";
import { runnerFiles } from "./rule-pages/runner-files.ts";
import { schemaAgrees } from "./rule-pages/schema-agrees.ts";
import { secretExposure } from "./rule-pages/secret-exposure.ts";
import { secretLiteral } from "./rule-pages/secret-literal.ts";
import { secretsDump } from "./rule-pages/secrets-dump.ts";
import { severalDocuments } from "./rule-pages/several-documents.ts";
import { tag } from "./rule-pages/tag.ts";
import { templateInjection } from "./rule-pages/template-injection.ts";
import { timeoutMinutes } from "./rule-pages/timeout-minutes.ts";
import { tooManyInputs } from "./rule-pages/too-many-inputs.ts";
import { triggers } from "./rule-pages/triggers.ts";
import { unpinnedAction } from "./rule-pages/unpinned-action.ts";

/** The page of every rule: those of infraskill in the order of rules.ts, then the ones of the YAML layer that need explaining. */
export const rulePages: readonly RulePage[] = [
  triggers,
  contractInputs,
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
  invisibleCharacter,
  severalDocuments,
  duplicateKey,
  tag,
];
