import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { draft, makeActive, mergeOnPage } from "./journey.ts";
import { must, startSystem, type System } from "./system.ts";

let folder: string;
let system: System;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-quick-edits-"));
  system = await startSystem(join(folder, "data"));
});
afterAll(async () => {
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The branches of a skill that have an open pull request. */
async function openPulls(name: string): Promise<string[]> {
  const { github_api_url, repository, github_token } = system.endpoints;
  const answer = await fetch(`${github_api_url}/repos/${repository}/pulls?state=open&per_page=100`, {
    headers: { authorization: `Bearer ${github_token}` },
  });
  const pulls = (await answer.json()) as { head: { ref: string } }[];
  return pulls.map(({ head }) => head.ref).filter((ref) => ref.startsWith(`infraskill/${name}/`));
}

const statusesOf = async (name: string) =>
  (await must(system.api.listRevisions({ params: { id: name } }))).items.map(({ status }) => status);
const edit = (name: string, description: string) =>
  must(system.api.updateSkill({ params: { id: name }, body: draft(name, { description }) }));
const settled = (name: string, statuses: string[], timeout_ms = 60_000) =>
  until(async () => (await statusesOf(name)).join() === statuses.join(), {
    what: `revisions of ${name}: ${statuses.join()}`,
    timeout_ms,
    every_ms: 100,
  });

it("leaves one open pull request after many edits soon after one another, the newest revision's", async () => {
  const name = "edited-often";
  await makeActive(system, draft(name));
  const pauses = [0, 50, 100, 150, 200, 300, 400, 500, 600, 700];
  for (const pause of pauses) {
    await edit(name, `Says it after ${pause} ms`);
    await sleep(pause);
  }
  const replaced = pauses.slice(1).map(() => "archived");
  await settled(name, ["pending_approval", ...replaced, "active"]);
  expect(await openPulls(name)).toEqual([`infraskill/${name}/r${pauses.length + 1}`]);

  const { pending_revision } = await must(system.api.getSkill({ params: { id: name } }));
  await mergeOnPage(pending_revision?.pr_url ?? "");
  await settled(name, ["active", ...replaced, "superseded"]);
}, 180_000);

it("leaves no pull request open of a skill that is archived before, while and after it is opened", async () => {
  for (const [index, pause] of [0, 150, 300, 500, 1_500].entries()) {
    const name = `archived-soon-${index}`;
    await must(system.api.createSkill({ body: draft(name) }));
    await sleep(pause);
    const { status } = await must(system.api.archiveSkill({ params: { id: name } }));
    expect(status).toBe("archived");
    await settled(name, ["archived"]);
    expect({ name, open: await openPulls(name) }).toEqual({ name, open: [] });
  }
}, 240_000);
