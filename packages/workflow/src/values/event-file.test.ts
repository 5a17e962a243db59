import { expect, it } from "vitest";
import { codeInJavaScript, codeInPython } from "../dangers/program-code.ts";
import { codeInPowerShell, codeInShell } from "../dangers/shell-code.ts";
import { mayHoldValues } from "./event-file.ts";
import { shellWrites } from "./shell-writes.ts";
import { scopeWith } from "./test-scope.ts";

const inputs = new Map([
  ["x", "high"],
  ["count", "medium"],
  ["size", "low"],
] as const);
const scope = { ...scopeWith({}), inputs };
const readers = {
  shell: codeInShell,
  PowerShell: codeInPowerShell,
  Python: codeInPython,
  JavaScript: codeInJavaScript,
};
const found = (language: keyof typeof readers, script: string) =>
  readers[language](script, scope).map(({ control: { level, through } }) => `${level} ${through}`);

it.each([
  ["shell", 'X=$(jq -r .inputs.x "$GITHUB_EVENT_PATH")\nbash -c "run $X"', "high inputs.x"],
  ["shell", 'X="$(jq -r \'.inputs["x"]\' < "$GITHUB_EVENT_PATH")"\neval "run $X"', "high inputs.x"],
  ["shell", 'X=$(cat "$GITHUB_EVENT_PATH" | jq -r .inputs.x)\neval "run $X"', "high inputs.x"],
  ["shell", 'X=$(jq -r \\\n  .inputs.x \\\n  ${GITHUB_EVENT_PATH})\neval "run $X"', "high inputs.x"],
  ["shell", "X=`jq -r .inputs.x $GITHUB_EVENT_PATH`; eval run $X", "high inputs.x"],
  ["shell", 'X=$(jq -r .inputs.x "${{ github.event_path }}")\neval "run $X"', "high inputs.x"],
  ["shell", 'X=$(jq -r .inputs.count "$GITHUB_EVENT_PATH")\neval "run $X"', "medium inputs.count"],
  ["shell", 'X=$(jq -r .inputs.size "$GITHUB_EVENT_PATH")\neval "run $X"', "low inputs.size"],
  ["shell", 'X=$(jq -r .issue.title "$GITHUB_EVENT_PATH")\neval "run $X"', "high github.event"],
  ["shell", 'eval "run $(jq -r .inputs.x "$GITHUB_EVENT_PATH")"', "high inputs.x"],
  ["shell", 'jq -r .inputs.x "$GITHUB_EVENT_PATH" | bash', "high inputs.x"],
  [
    "PowerShell",
    '$event = Get-Content $env:GITHUB_EVENT_PATH | ConvertFrom-Json\nInvoke-Expression "run $($event.inputs.x)"',
    "high inputs.x",
  ],
  [
    "Python",
    'x = json.load(open(os.environ["GITHUB_EVENT_PATH"]))["inputs"]["x"]\nos.system("run " + x)',
    "high inputs.x",
  ],
  [
    "Python",
    'with open(os.environ["GITHUB_EVENT_PATH"]) as file:\n    event = json.load(file)\nos.system("run " + event["inputs"]["x"])',
    "high inputs.x",
  ],
  [
    "Python",
    'event = json.loads(Path(os.getenv("GITHUB_EVENT_PATH")).read_text())\nn = event["inputs"]["count"]\nos.system("run " + n)',
    "medium inputs.count",
  ],
  ["JavaScript", "const { inputs } = context.payload\nexec.exec(`run ${inputs.x}`)", "high inputs.x"],
  ["JavaScript", "const inputs = context.payload.inputs\nexec.exec(`run ${inputs.x}`)", "high inputs.x"],
  ["JavaScript", "exec.exec(`run ${context.payload.inputs['count']}`)", "medium inputs.count"],
  ["JavaScript", "const event = require(process.env.GITHUB_EVENT_PATH)\neval(event.inputs.x)", "high inputs.x"],
] as const)("finds in %s what is read from the event: %s", (language, script, wanted) => {
  expect(found(language, script)).toEqual([wanted]);
});

it.each([
  ["shell", 'bash -c "jq . $GITHUB_EVENT_PATH"'],
  ["shell", 'X=$(basename "$GITHUB_EVENT_PATH")\neval "run $X"'],
  ["shell", 'X=$(jq -r .repository.name "$GITHUB_EVENT_PATH")\neval "run $X"'],
  ["shell", 'X=$(jq \'.inputs.x == "web"\' "$GITHUB_EVENT_PATH")\neval "run $X"'],
  ["shell", 'X=$(jq \'.inputs | length\' "$GITHUB_EVENT_PATH")\neval "run $X"'],
  ["shell", 'X=$(jq -r .inputs.x "$GITHUB_EVENT_PATH")\n[[ $X =~ ^[a-z]+$ ]] || exit 1\neval "run $X"'],
  ["shell", 'X=$(jq -r .inputs.x "$GITHUB_EVENT_PATH")\nbash -c \'run "$1"\' _ "$X"'],
  ["Python", 'os.system("jq . " + os.environ["GITHUB_EVENT_PATH"])'],
  [
    "Python",
    'event = json.load(open(os.environ["GITHUB_EVENT_PATH"]))\nos.system("run " + event["repository"]["name"])',
  ],
  ["JavaScript", "const { inputs } = context.payload\nexec.exec('run', [inputs.x])"],
] as const)("takes for safe, in %s: %s", (language, script) => {
  expect(found(language, script)).toEqual([]);
});

it("knows an output that is made of the event", () => {
  const script = 'X=$(jq -r .inputs.x "$GITHUB_EVENT_PATH")\necho "name=$X" >> "$GITHUB_OUTPUT"';
  expect(shellWrites(script, scope)).toMatchObject([{ name: "name", control: { through: "inputs.x" } }]);
});

it.each([
  ['echo "$X"', true],
  ["Write-Output $env:x", true],
  ["echo ${{ inputs.x }}", true],
  ['jq . "$GITHUB_EVENT_PATH"', true],
  ['echo "$Y"', false],
])("knows of %s whether it may hold a value", (script, may) => {
  expect(mayHoldValues(script, scopeWith({ X: "high" }))).toBe(may);
});
