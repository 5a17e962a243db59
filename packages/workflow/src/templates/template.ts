import type { SkillDefinition } from "../skill/definition.ts";

/** A starter skill: a definition with what the gallery shows. Its generated file is valid as it stands. */
export type Template = SkillDefinition & {
  readonly title: string;
  readonly description: string;
  readonly category: string;
};
