import { z } from "zod";

const Position = z.number().int().min(1).meta({ description: "Counts from 1." });

export const Edit = z
  .object({
    line: Position,
    column: Position,
    end_line: Position,
    end_column: Position,
    text: z.string().meta({ description: "What stands there afterwards." }),
  })
  .meta({
    id: "Edit",
    description: "Replace the range by `text`. Lines and columns count from 1; the end is exclusive.",
  });
export type Edit = z.infer<typeof Edit>;

export const Fix = z
  .object({
    title: z.string().meta({ description: "What it does." }),
    edits: z.array(Edit).meta({ description: "Carried out together." }),
  })
  .meta({ id: "Fix", description: "A change that mends a finding." });
export type Fix = z.infer<typeof Fix>;

export const DiagnosticSource = z.enum(["yaml", "github", "actionlint", "infraskill"]);
export type DiagnosticSource = z.infer<typeof DiagnosticSource>;

export const Severity = z.enum(["error", "warning", "info"]);
export type Severity = z.infer<typeof Severity>;

export const Diagnostic = z
  .object({
    source: DiagnosticSource.meta({ description: "Which layer of checks found it." }),
    severity: Severity.meta({ description: "Only an error keeps a skill from being made." }),
    rule: z.string().meta({ description: "The rule's name; docs/rules explains those of infraskill." }),
    message: z.string().meta({ description: "What is wrong." }),
    line: Position,
    column: Position,
    end_line: Position,
    end_column: Position,
    fix: Fix.nullable().meta({ description: "Null where there is no mechanical one." }),
  })
  .meta({ id: "Diagnostic", description: "One finding about a skill file. Lines and columns count from 1." });
export type Diagnostic = z.infer<typeof Diagnostic>;

export const Validation = z
  .object({
    valid: z.boolean().meta({ description: "No diagnostic is an error." }),
    hash: z.string().meta({ description: "SHA-256 of the text, hex." }),
    diagnostics: z.array(Diagnostic).meta({ description: "In the order of the text." }),
    actionlint_version: z.string().optional().meta({ description: "Which actionlint took part, such as `1.7.7`." }),
  })
  .meta({ id: "Validation", description: "The verdict on a text." });
export type Validation = z.infer<typeof Validation>;
