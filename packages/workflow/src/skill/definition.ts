import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { JsonObject } from "../schema/json.ts";

/** What a skill file is generated from. */
export type SkillDefinition = {
  readonly name: string;
  readonly description?: string | undefined;
  /** JSON Schema objects (2020-12); see schema/check-schema.ts for what they may hold. */
  readonly inputs_schema: JsonObject;
  readonly outputs_schema: JsonObject;
  readonly commands: readonly SkillStep[];
  /** A runner label, or several separated by commas. Default `ubuntu-latest`. */
  readonly runs_on?: string | undefined;
  /** Of the `execute` job. Default 30. */
  readonly timeout_minutes?: number | undefined;
  /** Of the `execute` job's GITHUB_TOKEN. Default none. */
  readonly permissions?: Readonly<Record<string, "read" | "write">> | undefined;
  /** How its runs prove themselves. Default `oidc`. */
  readonly callback_mode?: CallbackMode | undefined;
};

type StepSettings = {
  /** Default `step1`, `step2`, … by position. */
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly if?: string | undefined;
  readonly continue_on_error?: boolean | undefined;
  readonly timeout_minutes?: number | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
};

/** One step of the `execute` job: a shell command, or an action pinned to a commit. */
export type SkillStep = StepSettings &
  (
    | { readonly run: string; readonly shell?: string | undefined; readonly working_directory?: string | undefined }
    | {
        readonly uses: string;
        /** Such as `v4.2.2`: what the commit is called, written behind it. */
        readonly version?: string | undefined;
        readonly with?: Readonly<Record<string, string | number | boolean>> | undefined;
      }
  );
