import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { unzipSync } from "fflate";
import type { Artifact } from "../types.ts";
import type { ActionCall } from "./call.ts";

/** actions/download-artifact: unpacks artifacts of this run; one by name straight into the folder, several each into its own. */
export async function downloadArtifact(call: ActionCall): Promise<Record<string, string>> {
  const { session } = call.frame;
  const { artifacts, request } = session.run;
  for (const [name, own] of Object.entries({
    repository: request.repository.full_name,
    "run-id": String(request.run.id),
  })) {
    if (call.input(name, own) !== own)
      throw new Error(`actions/download-artifact: input '${name}' is only supported for this run`);
  }
  const folder = resolve(session.folders.workspace, call.input("path", "."));
  const name = call.input("name");
  const ids = call
    .input("artifact-ids")
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  const wanted = choose(artifacts.list, name, ids, call.input("pattern"));
  if (wanted.length === 0 && (name !== "" || ids.length > 0)) {
    throw new Error(`Unable to download artifact(s): Artifact not found for name: ${name || ids.join(", ")}`);
  }
  const flat = name !== "" || ids.length === 1 || call.input("merge-multiple") === "true";
  await mkdir(folder, { recursive: true });
  for (const artifact of wanted) {
    await unpack(artifact, flat ? folder : join(folder, artifact.name));
    call.log(`Artifact download completed successfully: ${artifact.name}`);
  }
  call.log(`Total of ${wanted.length} artifact(s) downloaded`);
  return { "download-path": folder };
}

function choose(list: readonly Artifact[], name: string, ids: readonly string[], pattern: string): Artifact[] {
  if (name !== "") return list.filter((artifact) => artifact.name === name);
  if (ids.length > 0) return list.filter((artifact) => ids.includes(String(artifact.id)));
  if (pattern === "") return [...list];
  const escaped = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return list.filter((artifact) => new RegExp(`^${escaped}$`, "s").test(artifact.name));
}

async function unpack(artifact: Artifact, folder: string): Promise<void> {
  const entries = Object.entries(unzipSync(await readFile(artifact.path)));
  for (const [name, bytes] of entries) {
    const file = resolve(folder, name);
    if (relative(folder, file).startsWith(".."))
      throw new Error(`The artifact holds a file outside of its folder: ${name}`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}
