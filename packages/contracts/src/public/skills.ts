import { z } from "zod";
import type { Endpoints } from "../endpoint.ts";
import { Validation } from "../diagnostic.ts";
import { pageOf, PageQuery } from "../page.ts";
import { IdempotencyHeader } from "./idempotency.ts";
import { read, write } from "./problems.ts";
import { SkillQuery } from "../queries.ts";
import { BySkill } from "../refs.ts";
import {
  DiscardRequest,
  PartialDraft,
  RenderRequest,
  Revision,
  Skill,
  SkillDraft,
  Template,
  ValidateRequest,
} from "../skill.ts";

/** Skills: written, checked, looked up, retired. */
export const publicSkillEndpoints = {
  createSkill: {
    method: "POST",
    path: "/api/skills/create",
    summary: "Create a skill; its check and its pull request follow",
    access: "author",
    headers: IdempotencyHeader.extend({
      prefer: z
        .string()
        .max(100)
        .optional()
        .meta({ description: "`wait=N` (≤ 30 s) holds the answer until the pull request is open or refused." }),
    }),
    body: SkillDraft,
    answers: { 201: Skill },
    problems: [...write, "name_taken", "key_reused"],
  },
  listSkills: {
    method: "GET",
    path: "/api/skills",
    summary: "List and search skills",
    access: "viewer",
    query: SkillQuery,
    answers: { 200: pageOf(Skill) },
    problems: read,
  },
  getSkill: {
    method: "GET",
    path: "/api/skills/{id}",
    summary: "One skill, by number or name",
    access: "viewer",
    params: BySkill,
    answers: { 200: Skill },
    problems: read,
  },
  updateSkill: {
    method: "PUT",
    path: "/api/skills/{id}",
    summary: "Write a new revision; an active one stays active until the new one is merged",
    access: "author",
    params: BySkill,
    headers: z.object({
      "if-match": z
        .string()
        .max(100)
        .optional()
        .meta({ description: "The revision the change is based on, in quotes." }),
    }),
    body: SkillDraft,
    answers: { 200: Skill },
    problems: [...write, "stale_revision", "wrong_state"],
  },
  validateSkill: {
    method: "POST",
    path: "/api/skills/{id}/validate",
    summary: "Check the stored text, or the body's",
    access: "viewer",
    params: BySkill,
    body: PartialDraft.optional(),
    answers: { 200: Validation },
    problems: write,
  },
  validateDraft: {
    method: "POST",
    path: "/api/skills/validate",
    summary: "Check an unsaved draft",
    access: "viewer",
    body: ValidateRequest,
    answers: { 200: Validation },
    problems: write,
  },
  renderSkill: {
    method: "POST",
    path: "/api/skills/render",
    summary: "Make a skill file from metadata, schemas and commands",
    access: "viewer",
    body: RenderRequest,
    answers: {
      200: z
        .object({ yaml_content: z.string().meta({ description: "The whole workflow file." }) })
        .meta({ id: "Rendered", description: "A file made from a definition." }),
    },
    problems: write,
  },
  listRevisions: {
    method: "GET",
    path: "/api/skills/{id}/revisions",
    summary: "A skill's revisions, newest first",
    access: "viewer",
    params: BySkill,
    query: PageQuery,
    answers: { 200: pageOf(Revision) },
    problems: read,
  },
  discardRevision: {
    method: "POST",
    path: "/api/skills/{id}/discard",
    summary: "Give up the newer revision of an active skill; its pull request is closed, the active one stays",
    access: "author",
    params: BySkill,
    body: DiscardRequest.optional(),
    answers: { 200: Skill },
    problems: [...write, "wrong_state"],
  },
  archiveSkill: {
    method: "POST",
    path: "/api/skills/{id}/archive",
    summary: "Retire a skill: it can no longer be executed",
    access: "author",
    params: BySkill,
    answers: { 200: Skill },
    problems: [...read, "wrong_state"],
  },
  listTemplates: {
    method: "GET",
    path: "/api/templates",
    summary: "Starter skills, each valid as it stands",
    access: "viewer",
    answers: {
      200: z.object({ items: z.array(Template).meta({ description: "All of them." }) }),
    },
    problems: read,
  },
} as const satisfies Endpoints;
