import type { Skill, SkillStatus } from "@infraskill/contracts/skill";
import type { LiveFeed } from "../live-events/feed.ts";

/** States that end by themselves soon. */
const passing: readonly SkillStatus[] = ["validating", "opening_pr"];
/** Looked at again this often even when no live event comes. */
const look_every_ms = 1_000;

/**
 * The skill once its check and its pull request came to something, or as it is when the time is over or the signal aborts.
 * `read` fetches it; live events say when that is worth while.
 */
export async function waitForSkill(
  skill: Skill,
  { read, feed, wait_ms, signal }: { read: () => Promise<Skill>; feed: LiveFeed; wait_ms: number; signal: AbortSignal },
): Promise<Skill> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(wait_ms)]);
  let latest = skill;
  while (passing.includes(latest.status) && !over.aborted) {
    await changeOf(skill.name, feed, over);
    latest = await read();
  }
  return latest;
}

/** Resolves at the skill's next live event, after a second, or when `over`. */
async function changeOf(name: string, feed: LiveFeed, over: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const forget = feed.listen((event) => {
    if (event.kind === "skill" && event.object_id === name) resolve();
  });
  const timer = setTimeout(resolve, look_every_ms);
  over.addEventListener("abort", () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
  forget();
}
