import { runMatrix } from "./run-matrix.ts";
import { runSoak } from "./run-soak.ts";

// `npm run chaos`: see help.txt.
const shows: Record<string, (args: string[]) => Promise<boolean>> = { "--matrix": runMatrix };

const args = process.argv.slice(2).filter((argument) => argument !== "--");
const [chosen] = args.filter((argument) => argument in shows);
const show = chosen === undefined ? runSoak : shows[chosen];
const right = await show?.(args.filter((argument) => argument !== chosen));
process.exitCode = right === true ? 0 : 1;
