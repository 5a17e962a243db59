// Behind `npm start`, `npm test` and `npm run check|chaos|bench|ui:goals|ui:screenshots`: needs Node 18, npm and nothing else, fetches what
// is missing into .infraskill/toolchain and goes on under the right Node.
import { fileURLToPath } from "node:url";
import { checkEverything } from "./check.mjs";
import { Stopped } from "./child.mjs";
import { explain } from "./explain.mjs";
import { help } from "./help.mjs";
import { createProgress } from "./progress.mjs";
import { runTests } from "./run-tests.mjs";
import { startEverything } from "./start.mjs";
import { runBrowserProgram, runProgram } from "./run-program.mjs";
import { prepareToolchain } from "./toolchain.mjs";

const commands = {
  start: startEverything,
  test: runTests,
  check: checkEverything,
  chaos: runProgram("chaos"),
  flood: runProgram("flood"),
  fuzz: runProgram("fuzz"),
  bench: runProgram("bench"),
  "ui:goals": runBrowserProgram("ui-goals"),
  "ui:screenshots": runBrowserProgram("screenshots"),
};
const root = fileURLToPath(new URL("..", import.meta.url));

async function main(given) {
  const [name, ...args] = nameProgram(given);
  const command = commands[name];
  if (command === undefined || args.includes("--help") || args.includes("-h")) {
    console.log(help[name] ?? help.general);
    return command === undefined && name !== "--help" ? 2 : 0;
  }
  const verbose = args.includes("--verbose");
  const progress = createProgress({ verbose });
  const env = await prepareToolchain({ root, progress, verbose });
  return await command({ root, env, args, progress, started_at: progress.started_at });
}

/** `chaos --flood` and `chaos --fuzz` are programs of their own. */
function nameProgram([name, ...args]) {
  const other = name === "chaos" ? ["flood", "fuzz"].find((program) => args.includes(`--${program}`)) : undefined;
  return other === undefined ? [name, ...args] : [other, ...args.filter((argument) => argument !== `--${other}`)];
}

// The reader of our output may go away before us; that is no reason to leave others running.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Stopped ? "Stopped." : `\n${explain(error)}`);
  process.exitCode = error instanceof Stopped ? 130 : 1;
}
