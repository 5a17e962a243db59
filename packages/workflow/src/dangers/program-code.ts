import type { Scope } from "../values/control.ts";
import { javaScript, type Language, perl, programLines, python, ruby } from "../values/in-programs.ts";
import type { ShellCode } from "./shell-code.ts";

/** What a language hands to a shell, or runs as its own code. `whole`: only together with what another part of the call says. */
type Calls = { readonly language: Language; readonly runs: RegExp; readonly whole?: RegExp; readonly quoted?: RegExp };

const inPython: Calls = {
  language: python,
  runs: /(?<![.\w])(?:(?:os\.)?(?:system|popen)|subprocess\.(?:getoutput|getstatusoutput)|(?:pickle|dill|marshal|jsonpickle)\.(?:loads|decode)|yaml\.unsafe_load(?:_all)?|jinja2\.Template|importlib\.import_module|__import__|eval|exec)\s*\(/,
  whole:
    /\bsubprocess\.(?:run|call|check_call|check_output|Popen)\s*\((?=.*\bshell\s*=\s*True\b)|\byaml\.load(?:_all)?\s*\((?=.*\bLoader\s*=\s*(?:yaml\.)?C?(?:Unsafe)?Loader\b)/s,
  quoted: /\bshlex\.quote\([^()]*(?:\([^()]*\)[^()]*)*\)/g,
};

const inPerl: Calls = { language: perl, runs: /\b(?:system|exec|qx|eval)\b\s*\(?|(?==?\s*`)/ };

const inRuby: Calls = {
  language: ruby,
  runs: /(?<![.\w])(?:system|exec|spawn|eval|IO\.popen|Open3\.\w+)\b\s*\(?|(?=`)|%x(?=[({[])/,
  quoted: /\bShellwords\.escape\([^()]*(?:\([^()]*\)[^()]*)*\)|\w+\.shellescape\b/g,
};

const inJavaScript: Calls = {
  language: javaScript,
  runs: /\b(?:exec\.exec|exec\.getExecOutput|execSync|(?:child_process|cp)\.exec|require\(\s*['"](?:node:)?child_process['"]\s*\)\.exec|(?<![.\w])(?:eval|exec)|new\s+Function|vm\.runIn\w+)\s*\(/,
  whole: /\b(?:spawn|spawnSync|execFile|execFileSync)\s*\((?=.*\bshell\s*:\s*(?:true|["']))/s,
};

export function codeInPython(script: string, scope: Scope): ShellCode[] {
  return codeIn(script, scope, inPython);
}

export function codeInPerl(script: string, scope: Scope): ShellCode[] {
  return codeIn(script, scope, inPerl);
}

export function codeInRuby(script: string, scope: Scope): ShellCode[] {
  return codeIn(script, scope, inRuby);
}

export function codeInJavaScript(script: string, scope: Scope): ShellCode[] {
  return codeIn(script, scope, inJavaScript);
}

/** Calls that run a text with a caller's value in it; with a list of arguments behind it, the first is what counts. */
function codeIn(script: string, scope: Scope, { language, runs, whole, quoted }: Calls): ShellCode[] {
  if (!(runs.test(script) || whole?.test(script) === true)) return [];
  const found: ShellCode[] = [];
  for (const { text, controlIn, start, end } of programLines(script, scope, language)) {
    const call = whole?.exec(text) ?? runs.exec(text);
    if (call === null || call === undefined || !isCode(text.slice(0, call.index), language)) continue;
    const code = firstArgument(text.slice(call.index + call[0].length));
    const control = controlIn(quoted === undefined ? code : code.replaceAll(quoted, ""));
    const program = call[0].replace(/\s*\(?$/, "") || "the shell";
    if (control !== undefined) found.push({ program, control, start, end });
  }
  return found;
}

/** Whether neither a quote nor a comment is open behind `before`. */
function isCode(before: string, { comment }: Language): boolean {
  const outside = before.replaceAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, "");
  return !/["']/.test(outside) && !outside.includes(comment);
}

/** Up to the comma, or the parenthesis, that ends it. */
function firstArgument(text: string): string {
  let depth = 0;
  let quote: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === "\\") i++;
    else if (quote !== undefined) quote = char === quote ? undefined : quote;
    else if (/["'`]/.test(char)) quote = char;
    else if (/[([{]/.test(char)) depth++;
    else if (/[)\]}]/.test(char) && depth-- === 0) return text.slice(0, i);
    else if (char === "," && depth === 0) return text.slice(0, i);
  }
  return text;
}
