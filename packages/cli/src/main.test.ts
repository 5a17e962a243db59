import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSkillFile } from "@infraskill/workflow/generate";
import { httpHealthCheck } from "@infraskill/workflow/templates/http-health-check";
import { afterAll, describe, expect, it } from "vitest";
import { main } from "./main.ts";

const directory = mkdtempSync(join(tmpdir(), "infraskill-cli-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const good = generateSkillFile(httpHealthCheck);
const bad = good
  .replace("timeout-minutes: 10\n    env", "env")
  .replace('--url "$URL"', "--url ${{ inputs.url }}")
  .replace("runs-on: ubuntu-latest", "runs-on: rack-7");

function write(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const surroundings = { out: (text: string) => (out += text), err: (text: string) => (err += text), search_path: "" };
  return { code: await main(argv, surroundings), out, err };
}

describe("infraskill check", { timeout: 30_000 }, () => {
  it("passes a starter in silence", async () => {
    const { code, out, err } = await run("check", write("skill-http-health-check.yml", good));
    expect({ code, out, err }).toEqual({ code: 0, out: "1 file checked, no errors\n", err: "" });
  });

  it("says where and why, from all layers, and fails on errors", async () => {
    const file = write("bad.yml", bad);
    const { code, out } = await run("check", file);
    expect(code).toBe(1);
    expect(out).toMatch(/bad\.yml:\d+:\d+: error template-injection: inputs\.url is chosen by .* \[--fix\]/);
    expect(out).toMatch(/warning timeout-minutes/);
    expect(out).toMatch(/info runner-label: .*does not block/);
    expect(out).toContain("1 file checked, 1 with errors");
  });

  it.each([
    ["error", "a warning", good.replace("timeout-minutes: 10\n    env", "env"), 0],
    ["warning", "a warning", good.replace("timeout-minutes: 10\n    env", "env"), 1],
    ["warning", "a remark", good.replace("runs-on: ubuntu-latest", "runs-on: rack-7"), 0],
    ["info", "a remark", good.replace("runs-on: ubuntu-latest", "runs-on: rack-7"), 1],
    ["never", "an error", bad, 0],
  ])("with --fail-on %s answers to %s with its exit code", async (severity, _, text, code) => {
    expect((await run("check", "--fail-on", severity, write("file.yml", text))).code).toBe(code);
  });

  it("fixes what can be fixed, in the file, and says what", async () => {
    const file = write("fix.yml", bad);
    const { code, out } = await run("check", "--fix", file);
    expect(code).toBe(0);
    expect(out).toContain("fixed template-injection: Pass it through URL");
    expect(readFileSync(file, "utf8")).toContain('--url "$URL"');
    expect((await run("check", "--fix", file)).out).not.toContain("fixed");
  });

  it("writes what the API answers as JSON", async () => {
    const { out } = await run("check", "--format", "json", write("bad.yml", bad));
    const [verdict] = JSON.parse(out) as [{ valid: boolean; hash: string; diagnostics: { rule: string }[] }];
    expect(verdict.valid).toBe(false);
    expect(verdict.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(verdict.diagnostics.map(({ rule }) => rule)).toContain("template-injection");
  });

  it("writes annotations that GitHub shows on the line, and that cannot start commands of their own", async () => {
    const file = write("a,b.yml", bad.replace("name: Execute", 'name: "%0A::error::x ${{ inputs. }}"'));
    const { out } = await run("check", "--format", "github", file);
    const lines = out.trimEnd().split("\n");
    expect(
      lines.every((line) =>
        /^::(?:error|warning|notice) file=[^,:]*a%2Cb\.yml,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=[^:]+::/.test(
          line,
        ),
      ),
    ).toBe(true);
    expect(lines.length).toBeGreaterThan(2);
  });

  it("writes SARIF with regions, rules and fixes", async () => {
    const { out } = await run("check", "--format", "sarif", write("bad.yml", bad));
    const log = JSON.parse(out) as {
      version: string;
      runs: [
        {
          tool: { driver: { rules: { id: string }[] } };
          results: { ruleId: string; ruleIndex: number; level: string; fixes?: unknown[] }[];
        },
      ];
    };
    expect(log.version).toBe("2.1.0");
    const { tool, results } = log.runs[0];
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(results.find(({ ruleId }) => ruleId === "template-injection")).toMatchObject({
      level: "error",
      fixes: [{}],
    });
  });

  it("writes SARIF with everything that SARIF 2.1.0 requires, whatever the file is called", async () => {
    const { out } = await run("check", "--format", "sarif", write("a b#%ä.yml", bad), write("broken.yml", "a: [\n"));
    const log = JSON.parse(out) as Sarif;
    expect(log).toMatchObject({ $schema: expect.stringContaining("sarif-2.1.0") as unknown, version: "2.1.0" });
    const [{ tool, results, columnKind }] = log.runs;
    expect([tool.driver.name, columnKind]).toEqual(["infraskill", "utf16CodeUnits"]);
    expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length);
    expect(tool.driver.rules.every(({ shortDescription }) => shortDescription.text !== "")).toBe(true);
    const changes = results.flatMap(({ fixes = [] }) => fixes.flatMap(({ artifactChanges }) => artifactChanges));
    const places = [
      ...results.flatMap(({ locations }) => locations.map(({ physicalLocation }) => physicalLocation)),
      ...changes.flatMap(({ artifactLocation, replacements }) =>
        replacements.map(({ deletedRegion }) => ({ artifactLocation, region: deletedRegion })),
      ),
    ];
    expect(changes.length).toBeGreaterThan(0);
    expect(places.length).toBeGreaterThan(results.length);
    for (const { artifactLocation, region } of places) {
      expect(artifactLocation.uri).toMatch(/^[\w/:.%~-]+$/);
      const { startLine, startColumn, endLine, endColumn } = region;
      expect(Math.min(startLine, startColumn, endLine, endColumn)).toBeGreaterThanOrEqual(1);
      expect(endLine > startLine || (endLine === startLine && endColumn >= startColumn)).toBe(true);
    }
    for (const { level, message } of results) {
      expect(["error", "warning", "note"]).toContain(level);
      expect(message.text).not.toBe("");
    }
  });

  it("checks a folder, or its .github/workflows, and says what is no skill", async () => {
    const workflows = join(directory, "repository", ".github", "workflows");
    mkdirSync(workflows, { recursive: true });
    const ci =
      "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    timeout-minutes: 5\n    steps:\n      - run: make\n";
    writeFileSync(join(workflows, "ci.yml"), ci);
    writeFileSync(join(workflows, "skill-http-health-check.yaml"), good);
    writeFileSync(join(workflows, "notes.txt"), "no workflow");
    for (const folder of [workflows, join(directory, "repository")]) {
      const { code, out } = await run("check", folder);
      expect(code).toBe(0);
      expect(out).toMatch(/ci\.yml:1:1: info no-skill: This workflow is no skill/);
      expect(out).toContain("2 files checked, no errors");
    }
    const dangerous = ci.replace("run: make", "run: make ${{ github.event.head_commit.message }}");
    writeFileSync(join(workflows, "ci.yml"), dangerous);
    expect((await run("check", workflows)).out).toContain("error template-injection");
  });

  it("refuses a folder without workflows", async () => {
    mkdirSync(join(directory, "empty"), { recursive: true });
    const { code, err } = await run("check", join(directory, "empty"));
    expect([code, err]).toEqual([2, expect.stringContaining("no workflow files")]);
  });

  it("takes a file for a skill by its name, whatever is in it", async () => {
    const { out } = await run("check", write("skill-x.yml", "on: push\njobs: {}\n"));
    expect(out).toContain("error triggers");
  });

  it("checks the other files when one cannot be read", async () => {
    const { code, out, err } = await run(
      "check",
      join(directory, "missing.yml"),
      write("skill-http-health-check.yml", good),
    );
    expect(code).toBe(2);
    expect(err).toContain("missing.yml");
    expect(out).toContain("1 file checked");
  });

  it.each([
    ["no files", ["check"]],
    ["an unknown command", ["lint", "x"]],
    ["an unknown option", ["check", "--fast", "x"]],
    ["an unknown format", ["check", "--format", "xml", "x"]],
    ["an unknown severity", ["check", "--fail-on", "all", "x"]],
  ])("refuses %s with its help", async (_, argv) => {
    const { code, err } = await run(...argv);
    expect(code).toBe(2);
    expect(err).toContain("infraskill check [options] FILE|FOLDER...");
  });

  it("explains itself", async () => {
    expect(await run("--help")).toMatchObject({ code: 0, err: "" });
    expect((await run("--help")).out).toContain("--fix");
  });
});

type Region = { startLine: number; startColumn: number; endLine: number; endColumn: number };
type ArtifactLocation = { uri: string };
type Sarif = {
  $schema: string;
  version: string;
  runs: [
    {
      tool: { driver: { name: string; rules: { id: string; shortDescription: { text: string } }[] } };
      columnKind: string;
      results: {
        level: string;
        message: { text: string };
        locations: { physicalLocation: { artifactLocation: ArtifactLocation; region: Region } }[];
        fixes?: {
          artifactChanges: { artifactLocation: ArtifactLocation; replacements: { deletedRegion: Region }[] }[];
        }[];
      }[];
    },
  ];
};
