import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Octokit } from "@octokit/rest";
import { afterEach, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { commitFiles } from "./support/work.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const place = { owner: "acme", repo: "ops" };
const folders: string[] = [];
const started: ChildProcess[] = [];

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "local-github-process-"));
  folders.push(folder);
  return folder;
}

async function start(data_dir: string): Promise<{ child: ChildProcess; url: string; octokit: Octokit }> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env["PATH"],
      LOCAL_GITHUB_PORT: "0",
      LOCAL_GITHUB_DATA_DIR: data_dir,
      LOCAL_GITHUB_TOKEN: "ghp_main",
      LOCAL_GITHUB_REPOSITORY: "acme/ops",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
  const ready = JSON.parse(line.toString()) as { ready: boolean; url: string; api_url: string };
  expect(ready.ready).toBe(true);
  return { child, url: ready.url, octokit: new Octokit({ baseUrl: ready.api_url, auth: "ghp_main", log: quiet }) };
}

test("it says where it listens, and ends cleanly with its runs on SIGTERM", async () => {
  const folder = newFolder();
  const { child, octokit } = await start(folder);
  const pid_file = join(folder, "pid");
  const workflow = `on: { workflow_dispatch: {} }
jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: 'echo $$ > ${pid_file}; sleep 600' }] } }
`;
  await commitFiles(octokit, "main", { ".github/workflows/w.yml": workflow });
  await octokit.actions.createWorkflowDispatch({ ...place, workflow_id: "w.yml", ref: "main" });
  const pid = await eventually(() => {
    const text = existsSync(pid_file) ? readFileSync(pid_file, "utf8") : "";
    expect(text).toMatch(/^\d+\n$/);
    return Number(text);
  });
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number];
  expect(code).toBe(0);
  const again = await start(folder);
  const [run] = (await again.octokit.actions.listWorkflowRunsForRepo(place)).data.workflow_runs;
  expect(run).toMatchObject({ status: "completed", conclusion: "cancelled" });
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

test("a busy port and a data directory in use are said in a sentence", async () => {
  const folder = newFolder();
  const { url } = await start(folder);
  const refused = async (env: Record<string, string>) => {
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env["PATH"], ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    started.push(child);
    const [text, [code]] = await Promise.all([child.stderr.toArray(), once(child, "exit")]);
    return `${String(code)} ${Buffer.concat(text as Buffer[]).toString()}`;
  };
  expect(await refused({ LOCAL_GITHUB_PORT: "0", LOCAL_GITHUB_DATA_DIR: folder })).toBe(
    `1 The data directory ${folder} is in use by another process.\n`,
  );
  const port = new URL(url).port;
  expect(await refused({ LOCAL_GITHUB_PORT: port, LOCAL_GITHUB_DATA_DIR: newFolder() })).toBe(
    `1 Port ${port} is in use; LOCAL_GITHUB_PORT names another, 0 any free one.\n`,
  );
  expect(await refused({ LOCAL_GITHUB_PORT: "x" })).toMatch(/^2 LOCAL_GITHUB_PORT must be a whole number/);
});

test("killed in the middle of merges, it comes back with every pull request and branch in agreement", async () => {
  const folder = newFolder();
  const first = await start(folder);
  const numbers: number[] = [];
  for (const name of ["a", "b", "c", "d", "e", "f"]) {
    await commitFiles(first.octokit, name, { [`${name}.txt`]: "1\n" });
    numbers.push((await first.octokit.pulls.create({ ...place, title: name, head: name, base: "main" })).data.number);
  }
  const merging = (async () => {
    for (const pull_number of numbers)
      await first.octokit.pulls.merge({ ...place, pull_number, merge_method: "squash" });
  })().catch(() => undefined);
  await eventually(async () => {
    const { data } = await first.octokit.pulls.list({ ...place, state: "closed" });
    expect(data.length).toBeGreaterThan(0);
  });
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  await merging;

  const { octokit } = await start(folder);
  const titles = (await octokit.repos.listCommits(place)).data.map(({ commit }) => commit.message);
  for (const pull_number of numbers) {
    const { data: pull } = await octokit.pulls.get({ ...place, pull_number });
    expect({ title: pull.title, merged: pull.merged }).toEqual({
      title: pull.title,
      merged: titles.some((message) => message.endsWith(`(#${pull_number})`)),
    });
    if (!pull.merged) await octokit.pulls.merge({ ...place, pull_number, merge_method: "squash" });
    expect((await octokit.pulls.checkIfMerged({ ...place, pull_number })).status).toBe(204);
  }
});

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
