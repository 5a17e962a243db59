import { expect, it } from "vitest";
import { scopeWith } from "../values/test-scope.ts";
import { codeInPrograms } from "./embedded-programs.ts";

const scope = scopeWith({ X: "high" });
const found = (script: string) => codeInPrograms(script, scope).map(({ start, end }) => script.slice(start, end));

it.each([
  [
    'python3 - <<\'PY\'\nimport os, subprocess\nname = os.environ["X"]\nsubprocess.run(f"dump {name}", shell=True)\nPY',
    'subprocess.run(f"dump {name}", shell=True)',
  ],
  ["python3 <<\"PY\"\nimport os\nos.system('run ' + os.environ['X'])\nPY", "os.system('run ' + os.environ['X'])"],
  ["python3 -c 'import os; os.system(os.environ[\"X\"])'", 'import os; os.system(os.environ["X"])'],
  [
    "node <<'JS'\nrequire('child_process').execSync(`run ${process.env.X}`)\nJS",
    "require('child_process').execSync(`run ${process.env.X}`)",
  ],
  [
    "node -e 'require(\"node:child_process\").exec(`run ${process.env.X}`)'",
    'require("node:child_process").exec(`run ${process.env.X}`)',
  ],
  ["ruby - <<'RB'\nname = ENV['X']\nputs `run #{name}`\nRB", "puts `run #{name}`"],
  ['ruby -e \'system("run #{ENV["X"]}")\'', 'system("run #{ENV["X"]}")'],
  ["perl <<'PL'\nsystem(\"run $ENV{X}\");\nPL", 'system("run $ENV{X}");'],
  ["bash <<'EOF'\neval \"run $X\"\nEOF", '"run $X"'],
])("finds the caller's value in the code of %j", (script, wanted) => {
  expect(found(script)).toEqual([wanted]);
});

it.each([
  'python3 - <<\'PY\'\nimport os, subprocess\nsubprocess.run(["dump", os.environ["X"]])\nPY',
  'python3 - <<\'PY\'\nimport os, re\nx = os.environ["X"]\nif not re.fullmatch(r"[a-z]+", x): raise SystemExit(1)\nos.system(f"dump {x}")\nPY',
  "[[ $X =~ ^[a-z]+$ ]] || exit 1\npython3 - <<'PY'\nimport os\nos.system(os.environ['X'])\nPY",
  "cat > run.py <<'PY'\nimport os\nos.system(os.environ['X'])\nPY",
  "python3 run.py <<'PY'\nos.system(os.environ['X'])\nPY",
  'node -e \'require("child_process").execFileSync("run", [process.env.X])\'',
  'ruby -e \'system("run", ENV["X"])\'',
  "ssh host bash <<'EOF'\neval \"$X\"\nEOF",
  "bash <<'EOF'\nrun \"$X\"\nEOF",
])("takes %j for safe", (script) => {
  expect(found(script)).toEqual([]);
});
