import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { generatedPages } from "./pages.ts";

// Writes docs/generated, docs/rules and docs/checks.md from the contracts and the services' configurations; with --check, says which pages are out of date.
const folder = fileURLToPath(new URL("../../../docs/", import.meta.url));
const check = process.argv.includes("--check");

for (const part of ["generated", "rules"]) await mkdir(folder + part, { recursive: true });
const stale: string[] = [];
for (const [name, text] of Object.entries(await generatedPages())) {
  const before = await readFile(folder + name, "utf8").catch(() => "");
  if (before === text) continue;
  stale.push(name);
  if (!check) await writeFile(folder + name, text);
}

if (check && stale.length > 0) {
  console.error(`Out of date in docs: ${stale.join(", ")}. Run: npm run docs`);
  process.exitCode = 1;
} else {
  console.log(stale.length > 0 ? `Wrote ${stale.join(", ")}` : "Generated docs are up to date");
}
