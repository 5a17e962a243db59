import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { Diagnostic, Validation } from "@infraskill/contracts/diagnostic";
import { applyAllowances } from "./allowed.ts";
import { readSource } from "./file/read.ts";
import { checkWithGithubParser } from "./layers/github-parser.ts";
import { parseSafely } from "./layers/safety.ts";
import { findInSchemas } from "./layers/schema-findings.ts";
import { rules } from "./rules.ts";
import { fileStart, type RuleContext } from "./rules/rule.ts";
import type { JsonObject } from "./schema/json.ts";

export type CheckOptions = {
  /** The skill the file belongs to; with it and the schemas the check includes whether the file agrees with them. */
  readonly name?: string | undefined;
  readonly inputs_schema?: JsonObject | undefined;
  readonly outputs_schema?: JsonObject | undefined;
  /** `false` for a workflow that is no skill: the rules about the contract are left out, and a remark says so. Default `true`. */
  readonly contract?: boolean | undefined;
  /** How runs must prove themselves. Default `oidc`. */
  readonly callback_mode?: CallbackMode | undefined;
  /** What actionlint found, or how to ask it. Asked only when the YAML is safe to hand on. */
  readonly actionlint?: readonly Diagnostic[] | ((text: string) => Promise<readonly Diagnostic[]>) | undefined;
};

/**
 * All layers in order: YAML safety → GitHub's own parser → actionlint → infraskill's rules. A text that is not safe is not handed on. `valid` means
 * that no diagnostic is an error; diagnostics are in the order of the text, each once.
 */
export async function checkSkillFile(text: string, options: CheckOptions = {}): Promise<Validation> {
  const { actionlint = [] } = options;
  const [hash, { safe, diagnostics }] = [await hashOf(text), checkText(text, options)];
  const lint = !safe ? [] : typeof actionlint === "function" ? await actionlint(text) : actionlint;
  return toValidation(hash, [...diagnostics, ...(safe ? findInSchemas(options) : []), ...lint]);
}

/** The layers that need no actionlint, at once: for an editor, between the server's verdicts. */
export function checkText(
  text: string,
  options: Omit<CheckOptions, "actionlint"> = {},
): { safe: boolean; diagnostics: Diagnostic[] } {
  const { source, diagnostics } = parseSafely(text);
  if (source === undefined) return { safe: false, diagnostics };
  const { callback_mode = "oidc", contract = true } = options;
  const context: RuleContext = { ...options, callback_mode, file: readSource(source) };
  return {
    safe: true,
    diagnostics: sortDiagnostics([
      ...(contract ? [] : [noSkill]),
      ...diagnostics,
      ...checkWithGithubParser(source),
      ...checkRules(context, contract),
    ]),
  };
}

/** SHA-256 of the text as UTF-8, hex. */
export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function checkRules(context: RuleContext, contract: boolean): Diagnostic[] {
  const findings = rules.flatMap((rule) =>
    [...(rule.contract === true && !contract ? [] : rule.check(context))].map(({ message, place, severity, fix }) => ({
      source: "infraskill" as const,
      severity: severity ?? rule.severity,
      rule: rule.id,
      message,
      line: place.line,
      column: place.column,
      end_line: place.end_line,
      end_column: place.end_column,
      fix: fix ?? null,
    })),
  );
  return applyAllowances(context.file.source.text, findings, allowable);
}

const noSkill: Diagnostic = {
  source: "infraskill",
  severity: "info",
  rule: "no-skill",
  message:
    "This workflow is no skill (it takes no execution_id): it was checked as any workflow, without the rules of the contract with infraskill.",
  ...fileStart,
  fix: null,
};

const allowable: ReadonlySet<string> = new Set(rules.filter((rule) => rule.allowable).map(({ id }) => id));

/** The verdict over diagnostics of all layers. */
export function toValidation(hash: string, diagnostics: readonly Diagnostic[]): Validation {
  const sorted = sortDiagnostics(diagnostics);
  return { valid: !sorted.some(isError), hash, diagnostics: sorted };
}

function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const unique = new Map(
    diagnostics.map((found) => [`${found.line}:${found.column}:${found.rule}:${found.message}`, found]),
  );
  return [...unique.values()].sort(
    (a, b) => a.line - b.line || a.column - b.column || severityRank[a.severity] - severityRank[b.severity],
  );
}

const severityRank = { error: 0, warning: 1, info: 2 } as const satisfies Record<Diagnostic["severity"], number>;

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}
