import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { generateSkillFile } from "@infraskill/workflow/generate";
import { httpHealthCheck } from "@infraskill/workflow/templates/http-health-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packCli } from "../pack/pack.ts";

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-packed-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("packs the command line so that it runs elsewhere, without network and without another package", async () => {
  const packed = await packCli(folder);
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", packed], { cwd: folder });
  const skill = generateSkillFile(httpHealthCheck);
  await writeFile(join(folder, "skill-http-health-check.yml"), skill);
  await writeFile(join(folder, "skill-bad.yml"), skill.replace('--url "$URL"', "--url ${{ inputs.url }}"));
  const installed = join(folder, "node_modules/.bin/infraskill");
  const options = { cwd: folder, env: { PATH: process.env["PATH"] } };

  const { stdout: versions } = await run(installed, ["--version"], options);
  expect(versions).toMatch(/^infraskill \d+\.\d+\.\d+\nactionlint .+\n$/);
  expect(await run(installed, ["check", "skill-http-health-check.yml"], options)).toEqual({
    stdout: "1 file checked, no errors\n",
    stderr: "",
  });
  await expect(run(installed, ["check", "skill-bad.yml"], options)).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining("error template-injection"),
  });
});
