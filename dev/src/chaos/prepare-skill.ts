import type { Client } from "@infraskill/client/client";
import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { setTimeout as delay } from "node:timers/promises";
import type { SystemEndpoints } from "../start/endpoints-file.ts";
import { mergePull } from "./github-admin.ts";
import { skill_name } from "./skill.ts";

/** Writes down, in a file outside of everything that is tested, that it was carried out and by which run: the truth about effects. */
const writeDown = [
  'printf "%s %s\\n" "$KEY" "$GITHUB_RUN_ID" >>"$LEDGER"',
  'printf "next=%s+\\n" "$KEY" >>"$GITHUB_OUTPUT"',
].join("\n");

/** Makes the soak's skill active. @throws Error when it does not get there within a minute */
export async function prepareSkill(api: Client<typeof publicEndpoints>, endpoints: SystemEndpoints): Promise<void> {
  const text = { type: "string" };
  const created = await api.createSkill({
    body: {
      name: skill_name,
      description: "Writes down that it was carried out",
      category: "test",
      inputs_schema: { type: "object", properties: { key: text, ledger: text }, required: ["key", "ledger"] },
      outputs_schema: { type: "object", properties: { next: text } },
      commands: [{ name: "Write it down", run: writeDown }],
    },
  });
  if (!created.ok) throw new Error(`the soak's skill was refused: ${created.problem.detail}`);
  let merged = false;
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(100)) {
    const answer = await api.getSkill({ params: { id: skill_name } });
    if (!answer.ok) continue;
    const { status, pr_number } = answer.body;
    if (status === "active") return;
    if (status === "pending_approval" && pr_number !== null && !merged) merged = await mergePull(pr_number, endpoints);
  }
  throw new Error("the soak's skill did not become active within a minute");
}
