import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { measureActions } from "./actions.ts";
import { measureAxe } from "./axe.ts";
import { type Figure, formatFigures, isReached } from "./goal.ts";
import { measureKeyboard } from "./keyboard.ts";
import { measureLighthouse } from "./lighthouse.ts";
import { measurePaint } from "./paint.ts";
import { measureRestart } from "./restart.ts";
import { measureLog, measureRows } from "./scrolling.ts";
import { measureSizes } from "./sizes.ts";
import { setStage, type Stage } from "./stage.ts";
import { measureTabs } from "./tabs.ts";
import { measureTyping } from "./typing.ts";

// `npm run ui:goals`: what the console promises, each as a figure. What needs an empty system and free runners comes first, what fills the tables last.
const measurements: Readonly<Record<string, (stage: Stage) => Promise<Figure[]>>> = {
  sizes: measureSizes,
  restart: measureRestart,
  axe: measureAxe,
  lighthouse: measureLighthouse,
  paint: measurePaint,
  typing: measureTyping,
  keyboard: measureKeyboard,
  actions: measureActions,
  tabs: measureTabs,
  log: measureLog,
  rows: measureRows,
};

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: {
    only: { type: "string", default: Object.keys(measurements).join(",") },
    verbose: { type: "boolean", default: false },
  },
});
const wanted = values.only.split(",");
const unknown = wanted.filter((name) => !Object.hasOwn(measurements, name));
if (unknown.length > 0)
  throw new Error(`there is no ${unknown.join(", ")}; there are ${Object.keys(measurements).join(", ")}`);

const figures: Figure[] = [];
const broken: string[] = [];
const load_before = loadavg()[0];
const stage = await setStage();
try {
  for (const [name, measure] of Object.entries(measurements)) {
    if (!wanted.includes(name)) continue;
    console.log(`  ${name} …`);
    try {
      figures.push(...(await measure(stage)));
    } catch (error) {
      console.error(error);
      broken.push(name);
    }
  }
} finally {
  await stage.stop();
}
console.log(`\n${formatFigures(figures)}\n`);
console.log(
  `${cpus().length} cores, Node ${process.versions.node}; load of the machine before ${load_before?.toFixed(1)}, now ${loadavg()[0]?.toFixed(1)}`,
);
const missed = figures.filter((figure) => !isReached(figure)).length;
if (missed > 0) console.log(`${missed} of ${figures.length} goals missed`);
if (broken.length > 0) console.log(`not measured: ${broken.join(", ")}`);
process.exitCode = missed + broken.length > 0 ? 1 : 0;
