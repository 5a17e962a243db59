import { afterAll, beforeAll, expect, it } from "vitest";
import { must, type Registry, startRegistry } from "./registry.ts";

/** More than are ranked; their names are all alike, and none takes inputs. */
const skills = 1_500;

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
  await registry.query(
    `insert into skills (name, description, category, github_path, inputs_schema, outputs_schema, yaml_content, status,
       revision, newest_revision, created_by)
     select 'restart-' || n, 'Restarts number ' || n, 'general', '', '{}', '{}', '', 'active', 1, 1, 'ada'
     from generate_series(1, $1::int) as n`,
    [skills],
  );
});
afterAll(() => registry.stop());

it.each(["restart-1499", "restart 1499", "number 1499", "resart-1499"])(
  "finds %s among more than it ranks",
  async (q) => {
    const { items } = await must(registry.calls.listSkills({ query: { q, limit: 1 } }));
    expect(items.map(({ name }) => name)).toEqual(["restart-1499"]);
  },
);

it("gives each match once over the pages of a search", async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await must(registry.calls.listSkills({ query: { q: "restart-77", limit: 200, cursor } }));
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen[0]).toBe("restart-77");
  expect(seen.length).toBeGreaterThanOrEqual(1_000);
  expect(new Set(seen).size).toBe(seen.length);
});
