import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";

// `npm run chaos -- --fuzz`: see help.txt.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--" && argument !== "--verbose"),
  options: {
    cases: { type: "string", default: "1000" },
    seed: { type: "string", default: String(Math.floor(Date.now() / 1_000) % 1_000_000) },
    only: { type: "string" },
  },
});

const began = performance.now();
console.log(`seed ${values.seed}`);
const { routes, died } = await fuzz({
  seed: Number(values.seed),
  cases_per_route: Number(values.cases),
  only: values.only,
  say: (text) => console.log(text),
});
const faults = routes.reduce((sum, { faults }) => sum + faults.length, 0);
const unreached = routes.filter(({ reached }) => !reached).map(({ route }) => route);
if (unreached.length > 0) console.log(`no request was accepted by ${unreached.join(", ")}`);
const took_s = Math.round((performance.now() - began) / 1_000);
console.log(
  `${routes.length} routes, ${values.cases} requests each, in ${took_s} s: ${faults} answers that miss the description, ` +
    `${died.length} processes that ended${died.length === 0 ? "" : ` (${died.join(", ")})`} (seed ${values.seed})`,
);
process.exitCode = routes.length > 0 && faults + died.length + unreached.length === 0 ? 0 : 1;
