import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalGithub } from "../src/server.ts";

const workflow = "on: { workflow_dispatch: {} }\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: 'true' }] } }\n";
const token = "ghp_bench";
const runs_in_all = Number(process.argv[2] ?? 1000);

const finished = new Map<number, () => void>();
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    response.end();
    if (request.headers["x-github-event"] !== "workflow_run") return;
    const { action, workflow_run } = JSON.parse(Buffer.concat(chunks).toString()) as {
      action: string;
      workflow_run: { id: number };
    };
    if (action === "completed") finished.get(workflow_run.id)?.();
  });
});
receiver.listen(0, "127.0.0.1");
await once(receiver, "listening");

const data_dir = mkdtempSync(join(tmpdir(), "local-github-bench-"));
const github = await startLocalGithub({
  port: 0,
  host: "127.0.0.1",
  data_dir,
  token,
  login: "octocat",
  repository: "acme/bench",
  webhook_url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
  rate_limit: 1_000_000,
});
const repository = `${github.api_url}/repos/acme/bench`;
try {
  await call("PUT", "/contents/.github/workflows/w.yml", {
    message: "w",
    content: Buffer.from(workflow).toString("base64"),
  });
  for (let warm = 0; warm < 10; warm++) await oneRun();

  const alone: number[] = [];
  const spawns: number[] = [];
  for (let round = 0; round < 50; round++) {
    spawns.push(await timed(spawnBash));
    alone.push(await timed(oneRun));
  }
  const answers: number[] = [];
  for (let round = 0; round < 500; round++) answers.push(await timed(() => call("GET", "")));
  const burst = await timed(() => Promise.all(Array.from({ length: 50 }, oneRun)));

  const memory = [await heap()];
  const started = performance.now();
  for (let done = 0; done < runs_in_all; done += 50) {
    await Promise.all(Array.from({ length: 50 }, oneRun));
    if ((done + 50) % (runs_in_all / 4) === 0) memory.push(await heap());
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(
    JSON.stringify(
      {
        "starting bash and waiting for its end, ms": spread(spawns),
        "dispatch sent → end of the run heard, alone, ms": spread(alone),
        "GET a repository, ms": spread(answers),
        "50 dispatches at once, all ended, ms": Math.round(burst),
        [`${runs_in_all} runs, 50 at a time, per second`]: Math.round(runs_in_all / seconds),
        "heap in use before, and at each quarter, MB": memory,
        "resident at the end, MB": Math.round(process.memoryUsage.rss() / 2 ** 20),
      },
      null,
      2,
    ),
  );
} finally {
  await github.close();
  receiver.close();
  receiver.closeAllConnections();
  rmSync(data_dir, { recursive: true, force: true });
}

async function oneRun(): Promise<void> {
  const { workflow_run_id } = (await call("POST", "/actions/workflows/w.yml/dispatches", {
    ref: "main",
    return_run_details: true,
  })) as {
    workflow_run_id: number;
  };
  const heard = Promise.withResolvers<void>();
  finished.set(workflow_run_id, () => heard.resolve());
  // The end may have been heard before the answer was read.
  const run = (await call("GET", `/actions/runs/${workflow_run_id}`)) as { status: string };
  if (run.status !== "completed") await heard.promise;
  finished.delete(workflow_run_id);
}

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${repository}${path}`, {
    method,
    headers: { authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

async function spawnBash(): Promise<void> {
  await once(spawn("bash", ["-e", "-c", "true"], { stdio: "ignore" }), "exit");
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function heap(): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
  return Math.round((process.memoryUsage().heapUsed / 2 ** 20) * 10) / 10;
}

function spread(values: number[]): { p50: number; p95: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95) };
}
