import { Config as ExecutorConfig } from "@infraskill/executor/src/config.ts";
import { GatewayVariables as GatewayConfig } from "@infraskill/gateway/src/config.ts";
import { Config as GithubWorkerConfig } from "@infraskill/github-worker/src/config.ts";
import { ProcessVariables } from "@infraskill/platform/process-variables";
import { Config as RegistryConfig } from "@infraskill/skill-registry/src/config.ts";
import { Config as ValidatorConfig } from "@infraskill/validator/src/config.ts";
import { z } from "zod";
import { page, table } from "./markdown.ts";

/** What each service reads. */
export const configurations = {
  gateway: GatewayConfig,
  "skill-registry": RegistryConfig,
  validator: ValidatorConfig,
  "github-worker": GithubWorkerConfig,
  executor: ExecutorConfig,
};

export function variablesPage(): string {
  const tables = { "every process": ProcessVariables, ...configurations };
  const sections = Object.entries(tables).flatMap(([service, config]) => [
    `## ${service}`,
    table(["variable", "default", "what it is"], Object.entries(config.shape).map(variableRow)),
  ]);
  const lead = "Every fault is reported at once, by the variable's name.";
  return page("Variables", "the services' `config.ts`", [lead, ...sections]);
}

function variableRow([name, field]: [string, z.ZodType]): string[] {
  return [`\`${name}\``, defaultOf(field), field.description ?? ""];
}

function defaultOf(field: z.ZodType): string {
  if (field instanceof z.ZodDefault) return defaultText(field.def.defaultValue);
  return field.safeParse(undefined).success ? "" : "required";
}

/** Defaults that differ by machine are described, not shown. */
function defaultText(value: unknown): string {
  const text = Array.isArray(value) ? value.join(",") : String(value);
  return text === "" || text.startsWith("/") ? "" : `\`${text}\``;
}
