import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import type { JsonObject } from "@infraskill/contracts/text";

/** What the editor asks its worker, and what comes back under the same `id`. Offsets are in UTF-16 units. */
export type Ask =
  | {
      kind: "check";
      text: string;
      name?: string;
      inputs_schema: JsonObject;
      outputs_schema: JsonObject;
      callback_mode: CallbackMode;
    }
  | { kind: "complete"; text: string; offset: number }
  | { kind: "hover"; text: string; offset: number };

type Proposal = {
  label: string;
  detail: string | undefined;
  info: string | undefined;
  from: number;
  to: number;
  insert: string;
};

export type Answers = {
  check: Diagnostic[];
  complete: Proposal[];
  hover: { text: string; from: number; to: number } | undefined;
};
