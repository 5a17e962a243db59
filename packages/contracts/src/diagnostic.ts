import { z } from "zod";

const Position = z.number().int().min(1);

export const Edit = z
  .object({
    line: Position,
    column: Position,
    end_line: Position,
    end_column: Position,
    text: z.string(),
  })
  .meta({
    id: "Edit",
    description: "Replace the range by `text`. Lines and columns count from 1; the end is exclusive.",
  });
export type Edit = z.infer<typeof Edit>;

export const Fix = z.object({ title: z.string(), edits: z.array(Edit) }).meta({ id: "Fix" });
export type Fix = z.infer<typeof Fix>;

export const DiagnosticSource = z.enum(["yaml", "github", "actionlint", "infraskill"]);
export type DiagnosticSource = z.infer<typeof DiagnosticSource>;

export const Severity = z.enum(["error", "warning", "info"]);
export type Severity = z.infer<typeof Severity>;

export const Diagnostic = z
  .object({
    source: DiagnosticSource,
    severity: Severity,
    rule: z.string(),
    message: z.string(),
    line: Position,
    column: Position,
    end_line: Position,
    end_column: Position,
    fix: Fix.nullable(),
  })
  .meta({ id: "Diagnostic", description: "One finding about a skill file. Lines and columns count from 1." });
export type Diagnostic = z.infer<typeof Diagnostic>;

export const Validation = z
  .object({
    valid: z.boolean().meta({ description: "No diagnostic is an error." }),
    hash: z.string().meta({ description: "SHA-256 of the text, hex." }),
    diagnostics: z.array(Diagnostic),
  })
  .meta({ id: "Validation" });
export type Validation = z.infer<typeof Validation>;
