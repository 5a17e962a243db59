import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { benchCallbacks } from "./callbacks.ts";
import { benchColdStart } from "./cold-start.ts";
import { benchLists } from "./lists.ts";
import { benchRest } from "./rest.ts";
import { formatTable, judgeResult, type Result } from "./result.ts";
import { type Rig, startRig } from "./rig.ts";
import { settle } from "./settle.ts";
import { benchSteps } from "./steps.ts";
import { benchValidation } from "./validation.ts";
import { benchWebhooks } from "./webhooks.ts";

// `npm run bench`: every figure beside what it is measured against, in one run.
type Bench = (rig: Rig, rounds: number) => Promise<Result[]>;

/** Only when it is named: it downloads every package. */
const coldStart = "start";

/** In this order: what is at rest is measured before anything was done, what fills the tables comes last. */
const benches: Readonly<Record<string, Bench>> = {
  rest: benchRest,
  validation: benchValidation,
  steps: benchSteps,
  callbacks: benchCallbacks,
  webhooks: benchWebhooks,
  lists: benchLists,
};

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: {
    only: { type: "string", default: Object.keys(benches).join(",") },
    rounds: { type: "string", default: "5" },
    verbose: { type: "boolean", default: false },
  },
});

const results: Result[] = [];
const broken: string[] = [];
const load_before = loadavg()[0];
const names = values.only.split(",");
const unknown = names.find((name) => name !== coldStart && benches[name] === undefined);
if (unknown !== undefined)
  throw new Error(`there is no bench ${unknown}; there are ${[...Object.keys(benches), coldStart].join(", ")}`);

if (names.includes(coldStart)) await measure(coldStart, benchColdStart);
if (names.some((name) => name !== coldStart)) {
  const rig = await startRig();
  try {
    for (const name of names) {
      const bench = benches[name];
      if (bench === undefined) continue;
      await measure(name, async () => {
        await settle(rig);
        return bench(rig, Number(values.rounds));
      });
    }
  } finally {
    await rig.stop();
  }
}
console.log(`\n${formatTable(results)}\n`);
console.log(
  `${cpus().length} cores, Node ${process.versions.node}; load of the machine before ${load_before?.toFixed(1)}, now ${loadavg()[0]?.toFixed(1)}`,
);
const below = results.filter((result) => judgeResult(result) === "below").length;
if (below > 0) console.log(`${below} of ${results.length} below what must be reached`);
if (broken.length > 0) console.log(`not measured: ${broken.join(", ")}`);
process.exitCode = broken.length > 0 ? 1 : 0;

async function measure(name: string, bench: () => Promise<Result[]>): Promise<void> {
  console.log(`  ${name} …`);
  try {
    results.push(...(await bench()));
  } catch (error) {
    console.error(error);
    broken.push(name);
  }
}
