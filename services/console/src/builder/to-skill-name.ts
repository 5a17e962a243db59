import { isSkillName } from "./draft.ts";

/** The skill name nearest to a text or a file's name; empty where there is none. */
export function toSkillName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/\.ya?ml$/, "")
    .replace(/^skill-/, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 63);
  return isSkillName(name) ? name : "";
}
