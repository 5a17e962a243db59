import { expect, it } from "vitest";
import { scopeWith } from "../values/test-scope.ts";
import { codeInJavaScript, codeInPerl, codeInPython } from "./program-code.ts";

const scope = { ...scopeWith({ X: "high" }), inputs: new Map([["name", "high"]] as const) };
const readers = { Python: codeInPython, Perl: codeInPerl, JavaScript: codeInJavaScript };
const found = (language: keyof typeof readers, script: string) =>
  readers[language](script, scope).map(({ program }) => program);

it.each([
  ["Python", `os.system(f"run {os.environ['X']}")`, "os.system"],
  ["Python", "x = os.getenv('X')\nsubprocess.run('run ' + x, shell=True)", "subprocess.run"],
  ["Python", `eval(os.environ["X"])`, "eval"],
  [
    "Python",
    `x = os.environ["X"]\nif not re.fullmatch(r".+", x):\n    raise SystemExit("bad")\nos.system("run " + x)`,
    "os.system",
  ],
  ["Python", `x = os.environ["X"]\nsubprocess.run(\n    f"run {x}",\n    shell=True,\n)`, "subprocess.run"],
  ["Python", `from os import environ, system\nsystem("run " + environ["X"])`, "system"],
  ["Perl", `system("run $ENV{X}");`, "system"],
  ["Perl", "my $x = $ENV{'X'};\nmy $out = `run $x`;", "the shell"],
  ["JavaScript", "await exec.exec(`run ${process.env.X}`)", "exec.exec"],
  [
    "JavaScript",
    "const x = process.env['X']\nrequire('child_process').execSync('run ' + x, { stdio: 'inherit' })",
    "execSync",
  ],
  ["JavaScript", "eval(process.env.X)", "eval"],
  ["JavaScript", "const { X: x } = process.env\nawait exec.exec(`run ${x}`)", "exec.exec"],
  ["JavaScript", "await exec.exec(`run ${context.payload.inputs.name}`)", "exec.exec"],
  ["JavaScript", "const { name } = context.payload.inputs\nexecSync(`run ${name}`)", "execSync"],
] as const)("finds the caller's value in what %s runs: %s", (language, script, program) => {
  expect(found(language, script)).toEqual([program]);
});

it.each([
  ["Python", `subprocess.run(["run", os.environ["X"]], check=True)`],
  ["Python", `os.system("run " + shlex.quote(os.environ["X"]))`],
  ["Python", `os.system("run")\nprint(os.environ["X"])`],
  ["Python", `model.eval(os.environ["X"])`],
  ["Python", `subprocess.run(\n    ["run", os.environ["X"]],\n    check=True,\n)`],
  ["Python", `print(platform.system(), os.environ["X"])`],
  ["Python", `print("(", os.environ["X"])\nos.system("run")`],
  ["JavaScript", "await exec.exec('run', [context.payload.inputs.name])"],
  ["Python", `# os.system(os.environ["X"])`],
  ["Python", `n = int(os.environ["X"])\nos.system(f"sleep {n}")`],
  [
    "Python",
    `x = os.environ["X"]\nif not re.fullmatch(r"[a-z-]+", x):\n    raise SystemExit("bad")\nos.system("run " + x)`,
  ],
  ["Python", `data = yaml.load(os.environ["X"], Loader=yaml.SafeLoader)`],
  ["Python", `data = yaml.safe_load(os.environ["X"])`],
  ["Python", `data = json.loads(os.environ["X"])`],
  ["JavaScript", "spawnSync('run', [process.env.X])"],
  ["JavaScript", "spawnSync('run', [process.env.X], { shell: false })"],
  ["Perl", `system('run', $ENV{X});`],
  ["Perl", `print "system $ENV{X}";`],
  ["JavaScript", "await exec.exec('run', [process.env.X])"],
  ["JavaScript", "// exec.exec(process.env.X)"],
  [
    "JavaScript",
    "const x = process.env.X\nif (!/^[a-z-]+$/.test(x)) {\n  throw new Error('bad')\n}\nexec.exec(`run ${x}`)",
  ],
  ["JavaScript", "/name/.exec(process.env.X)"],
  ["JavaScript", "core.info(process.env.X)"],
] as const)("takes for safe, in %s: %s", (language, script) => {
  expect(found(language, script)).toEqual([]);
});
