import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { countFindings, seconds, soak, type SoakResult } from "./soak.ts";
import { brokenVariants, type Variant, variants } from "./variants.ts";

const options = {
  executions: { type: "string", default: "2000" },
  tasks: { type: "string", default: "200" },
  minutes: { type: "string", default: "2.5" },
  seed: { type: "string" },
  only: { type: "string" },
  runner: { type: "string", default: "light" },
  keep: { type: "boolean", default: false },
} as const;

/** The soak of docs/reliability.md, then each broken variant, which it must tell from the whole system. @returns whether it did */
export async function runSoak(args: string[]): Promise<boolean> {
  const { values } = parseArgs({ args, options });
  const seed = Number(values.seed ?? Math.floor(Date.now() / 1_000) % 1_000_000);
  const asked = values.only as Variant | undefined;
  if (asked !== undefined && !(asked in variants)) throw new Error(`there is no variant ${asked}; see --help`);
  console.log(`seed ${seed}`);
  const chosen: Variant[] = asked === undefined ? ["whole", ...brokenVariants] : [asked];
  let failed = 0;
  for (const variant of chosen) {
    const result = await run(variant, seed, values);
    const { caught_by } = variants[variant];
    const right =
      caught_by === undefined ? countFindings(result.findings) === 0 : result.findings[caught_by].length > 0;
    if (!right) failed += 1;
    const verdict = variant === "whole" ? (right ? "passed" : "FAILED") : right ? "caught" : "NOT CAUGHT";
    console.log(`${variant}: ${verdict} (seed ${seed}, ${seconds(result.took_ms)})\n`);
  }
  return failed === 0;
}

/** What is missing shows soon, where many claims are late. */
const broken = { executions: 300, tasks: 0, faults_for_ms: 45_000, late_claims: 0.35, settle_ms: 45_000 } as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

async function run(variant: Variant, seed: number, values: Values): Promise<SoakResult> {
  const whole = variant === "whole";
  const asked = {
    executions: Number(values.executions),
    tasks: Number(values.tasks),
    faults_for_ms: Number(values.minutes) * 60_000,
    late_claims: 0.1,
    settle_ms: 120_000,
  };
  const folder = await mkdtemp(join(tmpdir(), "infraskill-soak-"));
  console.log(`${variant} (lacks ${variants[variant].lacks})`);
  try {
    const result = await soak({
      data_dir: join(folder, "data"),
      variant,
      seed,
      ...(whole ? asked : broken),
      runner: values.runner === "shell" ? "shell" : "light",
      say: (text) => console.log(`  ${text}`),
    });
    print(result);
    return result;
  } finally {
    if (values.keep) console.log(`  kept: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

function print({ findings, figures, explained, settled_ms }: SoakResult): void {
  for (const [what, count] of Object.entries(figures)) console.log(`  ${String(count).padStart(7)}  ${what}`);
  console.log(`  everything ended ${settled_ms === null ? "never" : `${seconds(settled_ms)} after the last fault`}`);
  for (const one of explained) console.log(`    ${one}`);
  for (const [what, found] of Object.entries(findings)) {
    console.log(`  ${found.length === 0 ? "✓" : "✗"} ${found.length} ${what.replaceAll("_", " ")}`);
    for (const one of found.slice(0, 5)) console.log(`      ${one}`);
  }
}
