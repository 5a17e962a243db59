import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { runChild } from "./child.mjs";

const run = promisify(execFile);
const names = ["chromium", "chromium-browser", "google-chrome"];
const browser_test = /\.browser\.(?:e2e\.)?test\.tsx?$/;

/**
 * Makes sure of a Chromium when there are browser tests (`x.browser.e2e.test.ts`).
 * @returns what to add to the environment: where it is
 */
export async function prepareBrowser({ root, env, progress }) {
  if (!(await hasBrowserTests(root))) return {};
  let path = env.CHROMIUM_PATH ?? (await findBrowser(env));
  if (path === undefined && process.getuid?.() === 0) {
    await progress.step("installing Chromium with apt-get", async () => {
      await installByApt(root, env);
      path = await findBrowser(env);
      return path === undefined ? "" : "Chromium installed";
    });
  }
  if (path !== undefined) return { CHROMIUM_PATH: path };
  console.log(
    "The browser tests need Chromium, and it could not be installed here. " +
      "Install it (Debian, Ubuntu: sudo apt-get install chromium) or set CHROMIUM_PATH to its program.",
  );
  return {};
}

async function installByApt(root, env) {
  const options = { cwd: root, env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, output: "pipe" };
  const install = ["install", "-y", "--no-install-recommends", "chromium"];
  // A slim image comes without package lists; most others have them.
  const quick = await runChild("apt-get", install, options).catch(() => ({ code: 127 }));
  if (quick.code === 0 || quick.code === 127) return;
  await runChild("apt-get", ["update"], options);
  await runChild("apt-get", install, options);
}

async function findBrowser(env) {
  for (const name of names) {
    const found = await run("sh", ["-c", `command -v ${name}`], { env }).catch(() => undefined);
    if (found !== undefined) return found.stdout.trim();
  }
  return undefined;
}

async function hasBrowserTests(root) {
  for (const group of ["services", "packages", "dev"]) {
    if (await holdsBrowserTests(join(root, group))) return true;
  }
  return false;
}

async function holdsBrowserTests(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isFile() && browser_test.test(entry.name)) return true;
    if (!entry.isDirectory() || entry.name === "node_modules" || entry.name === "dist") continue;
    if (await holdsBrowserTests(join(folder, entry.name))) return true;
  }
  return false;
}
