import type { FastifyInstance } from "fastify";
import { strToU8, zipSync } from "fflate";
import { createReadStream, existsSync } from "node:fs";
import { readJobLog } from "../actions/job-logs.ts";
import type { Github } from "../github.ts";
import type { Job } from "../state/documents.ts";
import { isSigned } from "./signed-url.ts";

/** The places that logs and artifacts redirect to. */
export function addDownloadRoutes(app: FastifyInstance, github: Github): void {
  app.addHook("onRequest", async (request, reply) => {
    if (!request.url.startsWith("/_local/downloads/")) return;
    const url = new URL(request.url, github.url);
    if (!isSigned(url.pathname, Object.fromEntries(url.searchParams))) {
      await reply.code(403).type("text/plain").send("The address has expired.");
    }
  });

  app.get<{ Params: { file: string } }>("/_local/downloads/jobs/:file", async (request, reply) => {
    const job = github.state.jobs.get(Number.parseInt(request.params.file, 10));
    if (job === undefined) return reply.code(404).type("text/plain").send("Not Found");
    const text = await jobText(github, job);
    return reply.type("text/plain; charset=utf-8").header("cache-control", "no-store").send(text);
  });

  app.get<{ Params: { run_id: string; file: string } }>(
    "/_local/downloads/runs/:run_id/:file",
    async (request, reply) => {
      const jobs = github.state.jobs.find({
        where: { run_id: Number(request.params.run_id), run_attempt: Number.parseInt(request.params.file, 10) },
      });
      const zip = zipSync(await runFiles(github, jobs));
      return reply
        .type("application/zip")
        .header("content-disposition", `attachment; filename="logs_${request.params.run_id}.zip"`)
        .send(Buffer.from(zip));
    },
  );

  app.get<{ Params: { file: string } }>("/_local/downloads/artifacts/:file", async (request, reply) => {
    const artifact = github.state.artifacts.get(Number.parseInt(request.params.file, 10));
    if (artifact === undefined || !existsSync(artifact.path))
      return reply.code(404).type("text/plain").send("Not Found");
    return reply.type("application/zip").send(createReadStream(artifact.path));
  });
}

/** A job's log as it is downloaded: every line, no step numbers. */
async function jobText(github: Github, job: Job): Promise<string> {
  const lines = (await readJobLog(github, job.run_id, job.id)) ?? [];
  return lines.map((line) => `${line.text}\n`).join("");
}

/** GitHub's layout: one file per job on top, one per step below the job's folder. */
async function runFiles(github: Github, jobs: Job[]): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const [index, job] of jobs.entries()) {
    const lines = (await readJobLog(github, job.run_id, job.id)) ?? [];
    const name = job.name.replaceAll(/[/\\:*?"<>|]/g, "").trim();
    files[`${index}_${name}.txt`] = strToU8(lines.map((line) => `${line.text}\n`).join(""));
    for (const step of job.steps) {
      const own = lines.filter((line) => line.step === step.number);
      if (own.length === 0) continue;
      const step_name = step.name.replaceAll(/[/\\:*?"<>|]/g, "").trim();
      files[`${name}/${step.number}_${step_name}.txt`] = strToU8(own.map((line) => `${line.text}\n`).join(""));
    }
  }
  return files;
}
