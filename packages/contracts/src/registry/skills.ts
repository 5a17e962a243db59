import { z } from "zod";
import type { Endpoints } from "../endpoint.ts";
import { pageOf, PageQuery } from "../page.ts";
import { SkillQuery } from "../queries.ts";
import { ByRow, BySkill } from "../refs.ts";
import { Applied, Idempotency, Jobs, reads, writes } from "./answers.ts";
import { RevisionWork } from "./work.ts";
import { Concurrency, JsonSchemaObject, Revision, Skill, SkillName } from "../skill.ts";
import { RevisionEvent, RulesVersion } from "../worker-events.ts";

/** A whole skill text as the registry keeps it: commands have been rendered by the gateway. */
export const SkillText = z.strictObject({
  name: SkillName,
  description: z.string(),
  category: z.string(),
  inputs_schema: JsonSchemaObject,
  outputs_schema: JsonSchemaObject,
  concurrency: Concurrency.nullish(),
  yaml_content: z.string(),
});
export type SkillText = z.infer<typeof SkillText>;

/** Skills, and the work their revisions owe. */
export const skillEndpoints = {
  createSkill: {
    method: "POST",
    path: "/internal/skills",
    summary: "Keep a new skill and its first revision",
    access: "service",
    body: z.strictObject({ actor: z.string(), idempotency_key: Idempotency, skill: SkillText }),
    answers: { 201: z.object({ skill: Skill, jobs: Jobs }) },
    problems: [...writes, "name_taken", "key_reused"],
  },
  listSkills: {
    method: "GET",
    path: "/internal/skills",
    summary: "List and search skills",
    access: "service",
    query: SkillQuery,
    answers: { 200: pageOf(Skill) },
    problems: reads,
  },
  getSkill: {
    method: "GET",
    path: "/internal/skills/{id}",
    summary: "One skill",
    access: "service",
    params: BySkill,
    answers: { 200: Skill },
    problems: reads,
  },
  updateSkill: {
    method: "PUT",
    path: "/internal/skills/{id}",
    summary: "Keep a new revision",
    access: "service",
    params: BySkill,
    body: z.strictObject({ actor: z.string(), if_match: z.string().optional(), skill: SkillText }),
    answers: { 200: z.object({ skill: Skill, jobs: Jobs }) },
    problems: [...writes, "stale_revision", "wrong_state"],
  },
  discardRevision: {
    method: "POST",
    path: "/internal/skills/{id}/discard",
    summary: "Give up the newer revisions of a skill that has an active one",
    access: "service",
    params: BySkill,
    body: z.strictObject({ actor: z.string(), reason: z.string().optional() }),
    answers: { 200: z.object({ skill: Skill, jobs: Jobs }) },
    problems: [...writes, "wrong_state"],
  },
  archiveSkill: {
    method: "POST",
    path: "/internal/skills/{id}/archive",
    summary: "Retire a skill",
    access: "service",
    params: BySkill,
    body: z.strictObject({ actor: z.string() }),
    answers: { 200: z.object({ skill: Skill, jobs: Jobs }) },
    problems: [...writes, "wrong_state"],
  },
  listRevisions: {
    method: "GET",
    path: "/internal/skills/{id}/revisions",
    summary: "A skill's revisions, newest first",
    access: "service",
    params: BySkill,
    query: PageQuery,
    answers: { 200: pageOf(Revision) },
    problems: reads,
  },
  revisionWork: {
    method: "GET",
    path: "/internal/revisions/{id}",
    summary: "What a worker needs to act on a revision",
    access: "service",
    params: ByRow,
    answers: { 200: RevisionWork },
    problems: reads,
  },
  reportRevision: {
    method: "POST",
    path: "/internal/revisions/{id}/events",
    summary: "What happened to a revision",
    access: "service",
    params: ByRow,
    body: z.strictObject({ version: z.number().int(), event: RevisionEvent }),
    answers: { 200: Applied },
    problems: writes,
  },
  announceRules: {
    method: "POST",
    path: "/internal/check-rules",
    summary: "A validator started with these rules: active revisions that others judged are owed another check",
    access: "service",
    body: z.strictObject({ version: RulesVersion }),
    answers: { 200: z.object({ owed: z.number().int().meta({ description: "How many revisions." }) }) },
    problems: writes,
  },
} as const satisfies Endpoints;
