import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { generatedPages } from "./pages.ts";

// Writes docs/generated from the contracts and the services' configurations; with --check, says which pages are out of date.
const folder = fileURLToPath(new URL("../../../docs/generated/", import.meta.url));
const check = process.argv.includes("--check");

await mkdir(folder, { recursive: true });
const stale: string[] = [];
for (const [name, text] of Object.entries(generatedPages())) {
  const before = await readFile(folder + name, "utf8").catch(() => "");
  if (before === text) continue;
  stale.push(name);
  if (!check) await writeFile(folder + name, text);
}

if (check && stale.length > 0) {
  console.error(`Out of date in docs/generated: ${stale.join(", ")}. Run: npm run docs`);
  process.exitCode = 1;
} else {
  console.log(stale.length > 0 ? `Wrote ${stale.join(", ")}` : "Generated docs are up to date");
}
