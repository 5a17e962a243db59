import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { runChild } from "./child.mjs";

/** What the console is built from, relative to the root. */
const sources = [
  "services/console/index.html",
  "services/console/package.json",
  "services/console/vite.config.ts",
  "services/console/build",
  "services/console/public",
  "services/console/src",
  "packages/client/src",
  "packages/contracts/src",
  "packages/workflow/src",
  "pnpm-lock.yaml",
];

/** Builds the console's static files unless they are newer than everything they are made of. */
export async function buildConsole({ root, env, progress }) {
  const built = await newest(join(root, "services/console/dist/index.html"));
  const changed = await Promise.all(sources.map((path) => newest(join(root, path))));
  if (built > Math.max(...changed)) return;
  await progress.step("building the console", async () => {
    const build = ["--filter", "@infraskill/console", "run", "build"];
    const { code, output } = await runChild("pnpm", build, { cwd: root, env, output: "pipe" });
    if (code !== 0) throw new Error(`The console could not be built:\n${output ?? ""}`);
    return "Console built";
  });
}

/** When a file, or the newest file below a folder, was changed, in milliseconds; 0 when there is none. */
async function newest(path) {
  const entry = await stat(path).catch(() => undefined);
  if (entry === undefined) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  const names = await readdir(path, { recursive: true });
  const times = await Promise.all(names.map((name) => stat(join(path, name)).then(({ mtimeMs }) => mtimeMs)));
  return Math.max(entry.mtimeMs, ...times);
}
