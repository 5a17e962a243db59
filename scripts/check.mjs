import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { runChild } from "./child.mjs";
import { formatTime } from "./progress.mjs";

/** Runs every check:* script, also when one of them fails, and says how long each took. */
export async function checkEverything({ root, env }) {
  const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const checks = Object.entries(scripts).filter(([name]) => name.startsWith("check:"));
  const failed = [];
  for (const [name, script] of checks) {
    const since = performance.now();
    const { code, output } = await runChild("sh", ["-c", script], { cwd: root, env, output: "pipe" });
    const time = formatTime(performance.now() - since);
    if (code !== 0) {
      console.log(output.trimEnd());
      failed.push(name);
    }
    console.log(`  ${code === 0 ? "✓" : "✗"} ${name.padEnd(40)} ${time}`);
  }
  if (failed.length > 0) console.log(`\n${failed.join(", ")} failed.`);
  return failed.length === 0 ? 0 : 1;
}
