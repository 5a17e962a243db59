import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { Fix, Severity } from "@infraskill/contracts/diagnostic";
import type { SkillFile } from "../file/read.ts";
import type { Place } from "../file/source.ts";
import type { JsonObject } from "../schema/json.ts";

/** What a rule looks at. The schemas and the name are there when the caller knows which skill the file belongs to. */
export type RuleContext = {
  readonly file: SkillFile;
  readonly callback_mode: CallbackMode;
  readonly name?: string | undefined;
  readonly inputs_schema?: JsonObject | undefined;
  readonly outputs_schema?: JsonObject | undefined;
};

export type Finding = {
  readonly message: string;
  readonly place: Pick<Place, "line" | "column" | "end_line" | "end_column">;
  /** When it differs from the rule's own. */
  readonly severity?: Severity;
  readonly fix?: Fix | null;
};

/** One of infraskill's rules. Its page is `docs/rules/<id>.md`. */
export type Rule = {
  readonly id: string;
  readonly title: string;
  /** The highest severity it gives. */
  readonly severity: Severity;
  /** Whether it is about the contract with infraskill, and says nothing about workflows that are no skills. */
  readonly contract?: true;
  /** Whether a comment `# infraskill: allow <id>, <reason>` turns its findings into remarks (allowed.ts). */
  readonly allowable?: true;
  readonly check: (context: RuleContext) => Iterable<Finding>;
};

/** The place of something that is not there: the start of the file. */
export const fileStart = { line: 1, column: 1, end_line: 1, end_column: 2 } as const;
