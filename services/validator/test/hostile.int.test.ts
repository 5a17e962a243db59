import { createLogger } from "@infraskill/platform/logger";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { httpHealthCheck } from "@infraskill/workflow/templates/http-health-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChecker, type Checker } from "../src/checker/checker.ts";
import { hostileFiles } from "./hostile-files.ts";

const MAX_MS = 2_000;
const MAX_BYTES = 268_435_456;

describe("hostile files", () => {
  let checker: Checker;
  beforeAll(async () => {
    const log = createLogger({ service: "test", level: "silent" });
    checker = await startChecker({ threads: 1, actionlint_path: undefined, search_path: "", log });
  });
  afterAll(() => checker.stop());

  it("get their verdict in 2 s and 256 MB, are never valid, and leave the checks as they were", async () => {
    expect(hostileFiles.length).toBeGreaterThanOrEqual(300);
    const good = generateSkillFile(httpHealthCheck);
    await checker.check(good, httpHealthCheck);
    const baseline = process.memoryUsage().rss;
    const wrong: string[] = [];
    let most = 0;
    for (const [name, text] of hostileFiles) {
      // A thread that was replaced starts again while the next file waits: that time is not this file's.
      await checker.check("", {});
      const since = performance.now();
      const { valid, diagnostics } = await checker.check(text, {});
      const took = performance.now() - since;
      most = Math.max(most, process.memoryUsage().rss - baseline);
      if (valid || diagnostics.length === 0) wrong.push(`${name} is valid`);
      if (took > MAX_MS) wrong.push(`${name} took ${took.toFixed(0)} ms`);
    }
    expect(wrong).toEqual([]);
    expect(most).toBeLessThan(MAX_BYTES);
    expect(await checker.check(good, httpHealthCheck)).toMatchObject({ valid: true, diagnostics: [] });
  }, 600_000);
});
