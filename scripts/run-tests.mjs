import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChild } from "./child.mjs";
import { prepareBrowser } from "./browser.mjs";
import { buildConsole } from "./console.mjs";

/** Runs vitest over every project and closes with the line `N passed, N failed`. */
export async function runTests({ root, env, args, progress }) {
  await buildConsole({ root, env, progress });
  const browser = await prepareBrowser({ root, env, progress });
  const folder = await mkdtemp(join(tmpdir(), "infraskill-report-"));
  const report = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const passed_on = args.filter((argument) => argument !== "--verbose" && argument !== "--");
  try {
    const vitest = ["node_modules/vitest/vitest.mjs", "run", ...reporters, ...passed_on];
    const { code } = await runChild("node", vitest, {
      cwd: root,
      env: { ...env, ...browser },
      output: "inherit",
      stop: "process",
    });
    const text = await readFile(report, "utf8").catch(() => undefined);
    const totals = countTests(text === undefined ? undefined : JSON.parse(text), code);
    console.log(`${totals.passed} passed, ${totals.failed} failed`);
    return code !== 0 ? code : totals.failed > 0 ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * From vitest's JSON report. A file that could not be loaded, or whose set-up or clean-up failed, counts as one failure,
 * and so does a run that ended badly without naming a test.
 */
export function countTests(report, code) {
  const files = report?.testResults ?? [];
  const broken = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const passed = report?.numPassedTests ?? 0;
  const failed = (report?.numFailedTests ?? 0) + broken.length;
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}
