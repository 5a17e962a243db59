import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { git_env } from "../src/runner/git.ts";
import { startRun } from "../src/runner/run.ts";
import type { JobRecord, RunHandle, RunRequest, RunResult } from "../src/runner/types.ts";

export type TestRepository = { git_dir: string; sha: string; folder: string; dispose: () => void };

export type Watched = {
  handle: RunHandle;
  done: Promise<RunResult>;
  /** Lines by job key, without their timestamps. */
  logs: Map<string, string[]>;
  /** `queued build`, `started build`, `step build 2`, `ended build 2 success`, `completed build failure` … in order. */
  events: string[];
  /** Resolves when a line of any job contains the text. */
  line: (text: string) => Promise<string>;
};

const path = ".github/workflows/test.yml";

/** A bare repository with one commit on main that holds these files. */
export function makeRepository(files: Readonly<Record<string, string>> = { "README.md": "hello\n" }): TestRepository {
  const folder = mkdtempSync(join(tmpdir(), "runner-test-"));
  const tree = join(folder, "tree");
  const git_dir = join(folder, "repo.git");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, name)), { recursive: true });
    writeFileSync(join(tree, name), text);
  }
  const git = (args: string[], cwd: string): string =>
    execFileSync("git", args, { cwd, env: git_env, encoding: "utf8" }).trim();
  git(["init", "-q", "--bare", "-b", "main", git_dir], folder);
  git(["init", "-q", "-b", "main"], tree);
  git(["add", "-A"], tree);
  git(["-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-qm", "First"], tree);
  git(["push", "-q", git_dir, "main"], tree);
  mkdirSync(join(folder, "work"));
  return {
    git_dir,
    folder,
    sha: git(["rev-parse", "HEAD"], tree),
    dispose: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

let last_run_id = 100;

export function makeRequest(repository: TestRepository, text: string, more: Partial<RunRequest> = {}): RunRequest {
  return {
    workflow_text: text,
    workflow_path: path,
    repository: {
      id: 7,
      full_name: "acme/infra",
      owner: "acme",
      owner_id: 3,
      default_branch: "main",
      git_dir: repository.git_dir,
    },
    ref: "refs/heads/main",
    sha: repository.sha,
    event_name: "workflow_dispatch",
    event: { inputs: more.inputs ?? {}, sender: { id: 5, login: "alice" } },
    inputs: {},
    run: { id: (last_run_id += 1), number: 1, attempt: 1 },
    actor: "alice",
    server_url: "http://127.0.0.1:1",
    api_url: "http://127.0.0.1:1/api/v3",
    github_token: "ghs_testtoken0123456789",
    vars: {},
    secrets: {},
    oidc: null,
    work_dir: join(repository.folder, "work"),
    limits: {},
    ...more,
  };
}

/** Starts a run and keeps what the observer hears. */
export function watchRun(request: RunRequest): Watched {
  const logs = new Map<string, string[]>();
  const events: string[] = [];
  const waiting: { text: string; resolve: (line: string) => void }[] = [];
  const handle = startRun(request, {
    onJobQueued: (job) => events.push(`queued ${job.key}`),
    onJobWaiting: (job) => events.push(`${job.status} ${job.key}`),
    onJobStarted: (job) => events.push(`started ${job.key}`),
    onStepStarted: (job, step) => events.push(`step ${job.key} ${step.number}`),
    onStepCompleted: (job, step) => events.push(`ended ${job.key} ${step.number} ${step.conclusion}`),
    onJobCompleted: (job) => events.push(`completed ${job.key} ${job.conclusion}`),
    onLog: (job, line) => {
      const text = line.replace(/^\S+ /, "");
      logs.set(job.key, [...(logs.get(job.key) ?? []), text]);
      for (const wait of waiting) if (text.includes(wait.text)) wait.resolve(text);
    },
  });
  const line = (text: string): Promise<string> => {
    const found = [...logs.values()].flat().find((logged) => logged.includes(text));
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve) => waiting.push({ text, resolve }));
  };
  return { handle, done: handle.done, logs, events, line };
}

/** Runs a workflow to its end. */
export async function runWorkflow(
  repository: TestRepository,
  text: string,
  more: Partial<RunRequest> = {},
): Promise<RunResult & { log: string; logs: Map<string, string[]>; events: string[] }> {
  const watched = watchRun(makeRequest(repository, text, more));
  const result = await watched.done;
  return { ...result, logs: watched.logs, events: watched.events, log: [...watched.logs.values()].flat().join("\n") };
}

/** One job with these steps, as YAML: steps are given at the left margin. */
export function jobOf(steps: string, more = ""): string {
  const indent = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, " ".repeat(by));
  return `on: workflow_dispatch\njobs:\n  build:\n    runs-on: ubuntu-latest\n${indent(more, 4)}\n    steps:\n${indent(steps, 6)}\n`;
}

export function stepsOf(jobs: readonly JobRecord[], key = "build"): string[] {
  const job = jobs.find((candidate) => candidate.key === key);
  return (job?.steps ?? []).slice(1, -1).map((step) => `${step.name}: ${step.conclusion}`);
}
