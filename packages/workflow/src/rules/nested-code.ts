import { codeInArithmetic } from "../dangers/arithmetic.ts";
import { codeInPrograms } from "../dangers/embedded-programs.ts";
import { codeInJavaScript, codeInPerl, codeInPython } from "../dangers/program-code.ts";
import { codeInCmd, codeInPowerShell, codeInShell, type ShellCode } from "../dangers/shell-code.ts";
import { placeInScript } from "../file/script-place.ts";
import { stepScript, type ScriptLanguage } from "../file/step-script.ts";
import { checkAdvice } from "../mends/pattern-advice.ts";
import { severityOfControl, type Control, type Scope } from "../values/control.ts";
import { stepScope } from "../values/scopes.ts";
import { arithmeticChars, specialFor } from "../values/special-characters.ts";
import type { Rule } from "./rule.ts";

/** A variable is only text until a program is told to run it: then it is an injection again. */
export const nestedCode: Rule = {
  id: "nested-code",
  title: "Caller's value in code that a script runs",
  severity: "error",
  allowable: true,
  *check({ file }) {
    for (const job of file.jobs) {
      for (const step of job.steps) {
        const { script, language } = stepScript(file, job, step) ?? {};
        if (script === undefined || language === undefined) continue;
        for (const { program, control, start, end } of readers[language](script.value, stepScope(file, job, step))) {
          yield {
            message: `${control.through} is chosen by whoever starts the run and becomes part of the code that ${program} runs. ${adviceFor(program, control, language)}`,
            place: placeInScript(file.source, script, start, end),
            severity: severityOfControl[control.level],
          };
        }
      }
    }
  },
};

/** What to write instead, in the words of the program that would run the value. */
function adviceFor(program: string, control: Control, language: ScriptLanguage): string {
  if (control.quoted === true)
    return "It was quoted for a shell, and that does not hold in other quotes or for another program; leave the other quotes out.";
  const way =
    ways.find(([name]) => name.test(program))?.[1] ?? "Hand it over as an argument or a variable of that program";
  const check = program.endsWith("arithmetic")
    ? checkAdvice(control, language, arithmeticChars, "[0-9]+")
    : checkAdvice(control, language, specialFor(program));
  return `${way.replaceAll("$VALUE", `$${control.variable ?? "VALUE"}`)}, or ${check}`;
}

const ways: readonly (readonly [name: RegExp, way: string])[] = [
  [/^(?:ba|da|z|k|a)?sh$/, `Hand it over behind the code, which stands in single quotes: sh -c '… "$1"' _ "$VALUE"`],
  [/^(?:ssh|gcloud)$/, 'Quote it for the shell over there: "command -- $(printf %q "$VALUE")"'],
  [/^eval$/, 'Keep the command in an array and run that: command=(program "$VALUE"); "${command[@]}"'],
  [/^python/, `Hand it over behind the code: python3 -c 'import sys; … sys.argv[1]' "$VALUE"`],
  [/awk$/, `Hand it over as a variable: awk -v value="$VALUE" '… value'`],
  [/^jq$/, `Hand it over as a variable: jq --arg value "$VALUE" '… $value'`],
  [/^yq$/, `Hand it over as a variable: VALUE="$VALUE" yq '… strenv(VALUE)'`],
  [/^g?sed$/, "Use sed --sandbox, which runs nothing (the e command of sed runs what it is given)"],
  [/arithmetic$/, "Make the input an integer"],
  [/^(?:os\.|subprocess|system$|popen$|qx$)/, "Give the program and its arguments as a list, without a shell"],
  [/^exec\.|^execSync$/, "Give the arguments as a list: exec.exec('program', [value])"],
  [/^(?:source|\.)$/, `Assign it instead: NAME="$VALUE"`],
  [/^ansible/, "Read it there: lookup('env', 'VALUE')"],
  [/^watch$/, `Hand it over without a shell: watch -x program "$VALUE"`],
  [/^redis-cli$/, `Hand it over behind the keys: redis-cli EVAL '… ARGV[1]' 0 "$VALUE"`],
  [/^bq$/, `Hand it over as a parameter: bq query --parameter "name::$VALUE" '… @name'`],
  [/^duckdb$|^sqlcmd$|^cqlsh$|^clickhouse/, "Make the input a choice or a number"],
  [/^parallel$/, 'Hand it over behind ":::", where it is quoted'],
  [/^make$/, "Let the recipe read it from the environment as $$VALUE, in quotes"],
  [/^(?:rsync|git)$/, "Make the input a choice or a number"],
  [/^yaml\./, "Use yaml.safe_load"],
  [/^(?:pickle|dill|marshal)\./, "Use json.loads"],
  [/^(?:terraform|tofu)$/, 'Declare a variable, and set it by TF_VAR_name="$VALUE"'],
  [/^(?:docker|podman|buildah)$/, 'Declare an ARG, and set it by --build-arg "NAME=$VALUE"'],
  [/^the shell$/, 'Let the file hold "$1", and hand it over as an argument'],
  [/^psql$/, `Hand it over as a variable: psql --set "value=$VALUE", and :'value' in the query on standard input`],
];

const readers: Readonly<Record<ScriptLanguage, (script: string, scope: Scope) => readonly ShellCode[]>> = {
  bash: (script, scope) => [
    ...codeInShell(script, scope),
    ...codeInPrograms(script, scope),
    ...codeInArithmetic(script, scope),
  ],
  sh: (script, scope) => [...codeInShell(script, scope), ...codeInPrograms(script, scope)],
  PowerShell: codeInPowerShell,
  cmd: codeInCmd,
  Python: codeInPython,
  Perl: codeInPerl,
  JavaScript: codeInJavaScript,
};
