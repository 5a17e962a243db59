import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
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
  const elsewhere = join(folder, "elsewhere");
  await mkdir(elsewhere);
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", packed], { cwd: elsewhere });
  const skill = generateSkillFile(httpHealthCheck);
  await writeFile(join(elsewhere, "skill-http-health-check.yml"), skill);
  await writeFile(join(elsewhere, "skill-bad.yml"), skill.replace('--url "$URL"', "--url ${{ inputs.url }}"));
  const installed = join(elsewhere, "node_modules/.bin/infraskill");
  const options = { cwd: elsewhere, env: { PATH: process.env["PATH"] } };

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

it("runs by npx in an empty folder, without network", async () => {
  const empty = join(folder, "empty");
  await mkdir(empty);
  await writeFile(join(empty, "skill-http-health-check.yml"), generateSkillFile(httpHealthCheck));
  const package_path = relative(empty, await packCli(folder));
  const { stdout } = await run("npx", ["--yes", "--offline", package_path, "check", "skill-http-health-check.yml"], {
    cwd: empty,
    env: { PATH: process.env["PATH"], npm_config_cache: join(folder, "cache") },
  });
  expect(stdout).toBe("1 file checked, no errors\n");
});
