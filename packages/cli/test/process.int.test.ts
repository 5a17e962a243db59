import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { httpHealthCheck } from "@infraskill/workflow/templates/http-health-check";
import { afterAll, beforeAll, expect, it } from "vitest";

const program = join(import.meta.dirname, "../bin/infraskill.js");
const skill = generateSkillFile(httpHealthCheck);
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "infraskill-cli-"));
  await writeFile(join(directory, "skill-http-health-check.yml"), skill);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function infraskill(argv: string[], { env = {}, input = "" } = {}) {
  return new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    const options = { cwd: directory, env: { PATH: "/usr/bin:/bin", ...env } };
    const child = execFile(process.execPath, [program, ...argv], options, (error, out, err) =>
      resolve({ code: error === null ? 0 : error.code, out, err }),
    );
    child.stdin?.end(input);
  });
}

it("checks the files of the folder it is called in, and ends", async () => {
  expect(await infraskill(["check", "."])).toEqual({ code: 0, out: "1 file checked, no errors\n", err: "" });
});

it("reads standard input, and ends with 1 for findings", async () => {
  const input = skill.replace('--url "$URL"', "--url ${{ inputs.url }}");
  const { code, out } = await infraskill(["check", "-"], { input });
  expect(code).toBe(1);
  expect(out).toContain("error template-injection");
});

it("is a filter with --fix: the fixed text goes on, and the findings go to standard error", async () => {
  const input = skill.replace("timeout-minutes: 10\n    env", "env");
  expect(await infraskill(["check", "--fix", "-"], { input })).toEqual({
    code: 0,
    out: expect.stringMatching(/execute:\n(.*\n)*? +timeout-minutes: \d+\n/),
    err: expect.stringContaining("1 file checked, no errors"),
  });
  expect((await infraskill(["check", "--fix", "-"], { input: skill })).out).toBe(skill);
});

it("takes a native actionlint from the environment, and ends with 3 when that fails", async () => {
  const path = join(directory, "actionlint");
  await writeFile(path, '#!/bin/sh\nif [ "$1" = -version ]; then echo 1.9.9; exit; fi\nexit 3\n');
  await chmod(path, 0o755);
  const env = { ACTIONLINT_PATH: path };
  expect((await infraskill(["--version"], { env })).out).toContain("actionlint 1.9.9 (native)");
  const { code, out, err } = await infraskill(["check", "."], { env });
  expect([code, err]).toEqual([3, ""]);
  expect(out).toContain("error check-failed: actionlint 1.9.9 (native) did not finish");
});
