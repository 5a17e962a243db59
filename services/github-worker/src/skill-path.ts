/** True for `.github/workflows/skill-<name>.yml`, where skills live. */
export function isSkillPath(path: string): boolean {
  return /^\.github\/workflows\/skill-[a-z][a-z0-9-]{0,62}\.yml$/.test(path);
}
