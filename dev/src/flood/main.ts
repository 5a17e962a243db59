import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { flood } from "./flood.ts";

// `npm run chaos -- --flood`: see help.txt.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--" && argument !== "--verbose"),
  options: {
    rate: { type: "string", default: "500" },
    seconds: { type: "string", default: "60" },
    p99: { type: "string", default: "250" },
  },
});

const results = await flood({
  per_second: Number(values.rate),
  seconds: Number(values.seconds),
  say: (text) => console.log(text),
});
const missed = results.flatMap(({ what, sent, statuses, p99_ms, unkept }) => [
  ...(statuses["202"] === sent ? [] : [`${what}: not every answer was 202`]),
  ...(unkept.length === 0 ? [] : [`${what}: ${unkept.length} webhooks were accepted and not kept`]),
  ...(p99_ms <= Number(values.p99) ? [] : [`${what}: p99 is above ${values.p99} ms`]),
]);
console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`);
for (const one of missed) console.log(`✗ ${one}`);
process.exitCode = missed.length === 0 ? 0 : 1;
