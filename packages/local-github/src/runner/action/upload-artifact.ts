import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { zipSync } from "fflate";
import { type Globbed, globFiles } from "../files/glob.ts";
import { report } from "../step/report.ts";
import type { Artifact } from "../types.ts";
import type { ActionCall } from "./call.ts";

/** actions/upload-artifact: keeps files of the workspace as a zip of the run. */
export async function uploadArtifact(call: ActionCall): Promise<Record<string, string>> {
  const { session, step } = call.frame;
  const name = call.input("name", "artifact");
  if (/["\\:<>|*?/\r\n]/.test(name))
    throw new Error(`The artifact name is not valid: ${name}. It must not contain " : < > | * ? \\ / or a line break`);
  const path = call.input("path");
  if (path === "") throw new Error("Input required and not supplied: path");
  const found = globFiles(session.folders.workspace, path);
  const files =
    call.input("include-hidden-files") === "true" ? found.files : found.files.filter((file) => !isHidden(file, found));
  if (files.length === 0) {
    const message = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`;
    const otherwise = call.input("if-no-files-found", "warn");
    if (otherwise === "error") throw new Error(message);
    if (otherwise === "warn") report(session, step.number, "warning", message);
    return {};
  }
  call.log(`With the provided path, there will be ${files.length} file${files.length === 1 ? "" : "s"} uploaded`);
  const artifact = await store(
    call,
    name,
    await zipFiles(files, rootOf({ ...found, files }), Number(call.input("compression-level", "6"))),
  );
  const { request } = session.run;
  const url = `${request.server_url}/${request.repository.full_name}/actions/runs/${request.run.id}/artifacts/${artifact.id}`;
  call.log(
    `Artifact ${name} has been successfully uploaded! Final size is ${artifact.size_in_bytes} bytes. Artifact ID is ${artifact.id}`,
  );
  return {
    "artifact-id": String(artifact.id),
    "artifact-url": url,
    "artifact-digest": artifact.digest.replace("sha256:", ""),
  };
}

async function store(call: ActionCall, name: string, zip: Uint8Array): Promise<Artifact> {
  const { artifacts, observer } = call.frame.session.run;
  const same = artifacts.list.findIndex((artifact) => artifact.name === name);
  if (same >= 0 && call.input("overwrite") !== "true") {
    throw new Error(
      "Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run",
    );
  }
  const id = artifacts.next_id();
  const artifact: Artifact = {
    id,
    name,
    path: join(artifacts.folder, `${id}.zip`),
    size_in_bytes: zip.length,
    digest: `sha256:${createHash("sha256").update(zip).digest("hex")}`,
    created_at: new Date().toISOString(),
  };
  const [replaced] = same >= 0 ? artifacts.list.splice(same, 1, artifact) : (artifacts.list.push(artifact), []);
  await mkdir(artifacts.folder, { recursive: true });
  await writeFile(artifact.path, zip);
  if (replaced !== undefined) await rm(replaced.path, { force: true });
  observer.onArtifact?.({ ...artifact });
  return artifact;
}

async function zipFiles(files: readonly string[], root: string, level: number): Promise<Uint8Array> {
  const entries = await Promise.all(
    files.map(async (file): Promise<[string, Uint8Array]> => [relative(root, file), await readFile(file)]),
  );
  return zipSync(Object.fromEntries(entries), { level: Math.min(Math.max(level, 0), 9) as 0 | 6 | 9 });
}

/** The folder that paths in the zip are relative to: what all search paths have in common, or a lone file's folder. */
function rootOf(found: Globbed): string {
  const [first = "/", ...others] = found.search_paths;
  if (others.length === 0) return found.files[0] === first ? dirname(first) : first;
  const shared = others.reduce((common, path) => {
    const segments = path.split("/");
    const differs = common.findIndex((segment, at) => segment !== segments[at]);
    return differs < 0 ? common : common.slice(0, differs);
  }, first.split("/"));
  const path = shared.join("/") || "/";
  return found.files.includes(path) ? dirname(path) : path;
}

/** Hidden in what a pattern walked through; a pattern that names a hidden folder itself means it. */
function isHidden(file: string, found: Globbed): boolean {
  const from = found.search_paths.find((path) => file === path || file.startsWith(`${path}/`)) ?? "/";
  return relative(from, file)
    .split("/")
    .some((segment) => segment.startsWith("."));
}
