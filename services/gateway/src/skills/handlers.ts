import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { FieldError } from "@infraskill/contracts/problem";
import type { SkillDraft } from "@infraskill/contracts/skill";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { renderSkill } from "@infraskill/workflow/skill/render";
import type { Context } from "../context.ts";
import type { Handlers } from "../routing/handler.ts";
import { expectAnswer } from "../upstream/expect-answer.ts";
import { readIfMatch, readWait } from "./preconditions.ts";
import { makeSkillText, textToCheck } from "./skill-text.ts";
import { listStarters } from "./starters.ts";
import { waitForSkill } from "./wait-for-skill.ts";

const in_skill = { wrapped_in: "skill" };

export function skillHandlers({ registry, relay, validator, outlet, feed, config, stopping }: Context) {
  const callback_mode = config.CALLBACK_MODE;
  const starters = listStarters(callback_mode);
  return {
    async createSkill({ body, headers, actor }) {
      const skill_text = textOf(body, callback_mode);
      const idempotency_key = headers["idempotency-key"];
      const wanted = { actor: actor.name, idempotency_key, skill: skill_text };
      const { skill, jobs } = await expectAnswer(registry.createSkill({ body: wanted }), in_skill);
      const answer_headers = { location: `/api/skills/${skill.id}` };
      const wait_s = readWait(headers.prefer);
      if (wait_s === undefined) return { body: skill, headers: answer_headers, jobs };

      // The answer waits for what these jobs do, so they go out first.
      outlet.publish(jobs);
      const read = () => expectAnswer(registry.getSkill({ params: { id: String(skill.id) } }));
      const settled = await waitForSkill(skill, { read, feed, wait_ms: wait_s * 1_000, signal: stopping });
      return { body: settled, headers: { ...answer_headers, "preference-applied": `wait=${wait_s}` } };
    },

    async listSkills({ query }) {
      return { json: await expectAnswer(relay.listSkills({ query })) };
    },

    async getSkill({ params }) {
      return { json: await expectAnswer(relay.getSkill({ params })) };
    },

    async updateSkill({ params, body, headers, actor }) {
      const if_match = readIfMatch(headers["if-match"]);
      if (!if_match.ok) throw new HttpProblem("malformed", 'If-Match takes one revision in quotes, such as "3".');
      const wanted = { actor: actor.name, if_match: if_match.tag, skill: textOf(body, callback_mode) };
      const { skill, jobs } = await expectAnswer(registry.updateSkill({ params, body: wanted }), in_skill);
      return { body: skill, jobs };
    },

    async discardRevision({ params, body, actor }) {
      const wanted = { actor: actor.name, reason: body?.reason };
      const { skill, jobs } = await expectAnswer(registry.discardRevision({ params, body: wanted }));
      return { body: skill, jobs };
    },

    async archiveSkill({ params, actor }) {
      const { skill, jobs } = await expectAnswer(registry.archiveSkill({ params, body: { actor: actor.name } }));
      return { body: skill, jobs };
    },

    async listRevisions({ params, query }) {
      return { json: await expectAnswer(relay.listRevisions({ params, query })) };
    },

    async validateSkill({ params, body = {} }) {
      const stored = await expectAnswer(registry.getSkill({ params }));
      const { name, inputs_schema, outputs_schema, yaml_content } = stored;
      const text = body.commands === undefined ? { yaml_content } : {};
      const wanted = textToCheck({ name, inputs_schema, outputs_schema, ...text, ...body }, callback_mode);
      if (!wanted.ok) throw refused(wanted.errors);
      return { body: await expectAnswer(validator.validate({ body: wanted.text })) };
    },

    async validateDraft({ body }) {
      const wanted = textToCheck(body, callback_mode);
      if (!wanted.ok) throw refused(wanted.errors);
      return { body: await expectAnswer(validator.validate({ body: wanted.text })) };
    },

    async renderSkill({ body }) {
      const rendered = renderSkill({ ...body, callback_mode });
      if (!rendered.ok) throw refused(rendered.errors);
      return { body: { yaml_content: rendered.yaml_content } };
    },

    async listTemplates() {
      return { body: { items: starters } };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}

function textOf(draft: SkillDraft, callback_mode: CallbackMode) {
  const made = makeSkillText(draft, callback_mode);
  if (!made.ok) throw refused(made.errors);
  return made.skill;
}

function refused(errors: readonly FieldError[]): HttpProblem {
  const detail = errors.length === 1 ? "One field cannot be accepted." : `${errors.length} fields cannot be accepted.`;
  return new HttpProblem("refused", detail, { errors });
}
