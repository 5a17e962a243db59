import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { soak } from "../src/chaos/soak.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-soak-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it(
  "ends every execution and task once, whatever is killed, lost, doubled or forged meanwhile",
  { timeout: 400_000 },
  async () => {
    const { findings, figures, settled_ms } = await soak({
      data_dir: join(folder, "data"),
      variant: "whole",
      seed: 20_261_122,
      executions: 200,
      tasks: 20,
      runner: "shell",
      faults_for_ms: 75_000,
      late_claims: 0.1,
      settle_ms: 120_000,
      say: () => undefined,
    });
    const nothing = Object.fromEntries(Object.keys(findings).map((name) => [name, []]));
    expect(findings).toEqual(nothing);
    expect(settled_ms).not.toBeNull();
    // A soak in which little was asked for, or nothing was struck, proves nothing.
    expect(figures["executions"]).toBeGreaterThanOrEqual(200 + 20);
    expect(figures["tasks"]).toBe(20);
    expect(figures["dispatches without an answer"]).toBeGreaterThan(0);
    expect(figures["gateway killed"]).toBeGreaterThan(0);
    expect(figures["executor killed"]).toBeGreaterThan(0);
  },
);
