import { runChild } from "./child.mjs";
import { buildConsole } from "./console.mjs";

/** Hands over to the embedded start, which stops everything in order when it is told to. */
export async function startEverything({ root, env, args, progress, started_at }) {
  await buildConsole({ root, env, progress });
  const main = ["dev/src/start/main.ts", `--started-at=${started_at}`, ...args];
  const { code } = await runChild("node", main, { cwd: root, env, output: "inherit", stop: "process" });
  return code;
}
