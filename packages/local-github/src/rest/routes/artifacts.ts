import { existsSync, rmSync } from "node:fs";
import { signedUrl } from "../../downloads/signed-url.ts";
import type { RunArtifact } from "../../state/documents.ts";
import { nodeId, repoUrl } from "../../view/urls.ts";
import { HttpError, notFound } from "../http-error.ts";
import type { Context, Route } from "../route.ts";
import { counted, runOf } from "./actions.ts";

const base = "/repos/:owner/:repo/actions";
const kept_days = 90;

export const artifactRoutes: Route[] = [
  {
    method: "GET",
    path: `${base}/artifacts`,
    needs: "actions=read",
    doc: "rest/actions/artifacts#list-artifacts-for-a-repository",
    handle: (context) => list(context, { repository_id: context.repository.id }),
  },
  {
    method: "GET",
    path: `${base}/runs/:run_id/artifacts`,
    needs: "actions=read",
    doc: "rest/actions/artifacts#list-workflow-run-artifacts",
    handle: (context) => list(context, { run_id: runOf(context).id }),
  },
  {
    method: "GET",
    path: `${base}/artifacts/:artifact_id`,
    needs: "actions=read",
    doc: "rest/actions/artifacts#get-an-artifact",
    handle: (context) => ({ status: 200, body: viewArtifact(context, artifactOf(context)) }),
  },
  {
    method: "GET",
    path: `${base}/artifacts/:artifact_id/:archive_format`,
    needs: "actions=read",
    doc: "rest/actions/artifacts#download-an-artifact",
    handle: (context) => {
      const artifact = artifactOf(context);
      if (context.params["archive_format"] !== "zip") throw notFound();
      if (!existsSync(artifact.path)) throw new HttpError(410, "Artifact has expired");
      return {
        status: 302,
        headers: { location: signedUrl(context.github, `/_local/downloads/artifacts/${artifact.id}.zip`) },
      };
    },
  },
  {
    method: "DELETE",
    path: `${base}/artifacts/:artifact_id`,
    needs: "actions=write",
    doc: "rest/actions/artifacts#delete-an-artifact",
    handle: (context) => {
      const artifact = artifactOf(context);
      rmSync(artifact.path, { force: true });
      context.github.state.artifacts.delete(artifact.id);
      return { status: 204 };
    },
  },
];

function list(context: Context, where: { run_id: number } | { repository_id: number }) {
  const { github, page, query } = context;
  const named = query["name"];
  const all = github.state.artifacts
    .find({ where, order: "id desc" })
    .filter((artifact) => named === undefined || artifact.name === named);
  const shown = all.slice(page.offset, page.offset + page.per_page);
  return counted(context, all.length, { artifacts: shown.map((artifact) => viewArtifact(context, artifact)) });
}

function artifactOf({ github, repository, params }: Context): RunArtifact {
  const artifact = github.state.artifacts.get(Number(params["artifact_id"]));
  if (artifact?.repository_id !== repository.id) throw notFound();
  return artifact;
}

function viewArtifact({ github, repository }: Context, artifact: RunArtifact) {
  const url = repoUrl(github, repository, `/actions/artifacts/${artifact.id}`);
  const run = github.state.runs.get(artifact.run_id);
  const expires_ms = Date.parse(artifact.created_at) + kept_days * 86_400_000;
  return {
    id: artifact.id,
    node_id: nodeId("AR", artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.size_in_bytes,
    url,
    archive_download_url: `${url}/zip`,
    expired: !existsSync(artifact.path),
    created_at: artifact.created_at,
    updated_at: artifact.created_at,
    expires_at: new Date(expires_ms).toISOString(),
    digest: artifact.digest,
    workflow_run: {
      id: artifact.run_id,
      repository_id: repository.id,
      head_repository_id: repository.id,
      head_branch: run?.head_branch ?? "",
      head_sha: run?.head_sha ?? "",
    },
  };
}
