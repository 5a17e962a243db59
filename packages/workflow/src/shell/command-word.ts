import type { ShellWord } from "./commands.ts";
import { anyNameOf } from "./program-names.ts";

/** A program that runs the program behind it. */
type Wrapper = {
  readonly name: RegExp;
  /** Options that take the next word. */
  readonly valued?: RegExp;
  /** Words of its own behind its options. */
  readonly operands?: number;
  /** An option with which it runs nothing. */
  readonly idle?: RegExp;
};

export const wrappers: readonly Wrapper[] = [
  { name: /^(?:sudo|doas)$/, valued: /^-[A-Za-z]*[CDghpRrTtUu]$|^--(?:user|group|chdir|host|prompt)$/, idle: /^-[eKlv]+$/ },
  { name: /^env$/, valued: /^-[uC]$/, idle: /^(?:-S|--split-string)/ },
  { name: /^exec$/, valued: /^-a$/ },
  { name: /^command$/, idle: /^-[pvV]*[vV]$/ },
  { name: /^(?:time|nohup|setsid|builtin|coproc|unbuffer)$/ },
  { name: /^timeout$/, valued: /^(?:-[ks]|--signal|--kill-after)$/, operands: 1 },
  { name: /^(?:nice|ionice|stdbuf)$/, valued: /^-[nceiop]$/ },
  { name: /^(?:chroot|gosu|su-exec|flock)$/, valued: /^-[wE]$/, operands: 1 },
  { name: /^sshpass$/, valued: /^-[dfpP]$/ },
  { name: /^xargs$/, valued: /^-[adEILnPs]$/ },
]; // prettier-ignore

const anyWrapper = new RegExp(`^${anyNameOf(wrappers)}$`);

/** Words in front of a command that leave it a command. */
export function isKeyword(word: string): boolean {
  return /^(?:if|then|else|elif|while|until|do|!|\{)$/.test(word);
}

/** What a command runs. */
type Call = {
  /** Where its name stands. */
  readonly word: ShellWord | undefined;
  /** Its name without the folder that it stands in; empty where there is none. */
  readonly program: string;
  /** The words behind the name. */
  readonly rest: readonly ShellWord[];
};

export function callOf(words: readonly ShellWord[]): Call {
  const at = programAt(words);
  return { word: words[at], program: nameOf(words[at]?.text ?? ""), rest: words.slice(at + 1) };
}

/** Where the word stands that names the program, behind keywords, assignments and programs like `sudo`; -1 where there is none. */
export function programAt(words: readonly ShellWord[]): number {
  let i = 0;
  const text = () => words[i]?.text ?? "";
  while (i < words.length) {
    if (isKeyword(text()) || assignmentIn(text()) !== undefined) {
      i++;
      continue;
    }
    const program = nameOf(text());
    const wrapper = anyWrapper.test(program) ? wrappers.find(({ name }) => name.test(program)) : undefined;
    if (wrapper === undefined) return i;
    for (i++; text().startsWith("-"); i++) {
      if (wrapper.idle?.test(text()) === true) return -1;
      if (wrapper.valued?.test(text()) === true) i++;
    }
    while (assignmentIn(text()) !== undefined) i++;
    i += wrapper.operands ?? 0;
  }
  return -1;
}

/** Without the folder that it stands in. */
export function nameOf(word: string): string {
  return word.includes("/") ? word.replace(/^\S*\//, "") : word;
}

/** `NAME=value`, and what leaves the rest of it there: `NAME+=(…)`, `NAME[key]=value`; undefined for any other word. */
export function assignmentIn(word: string): { name: string; value: string; adds: boolean } | undefined {
  const found = /^([A-Za-z_]\w*)(\[[^\]]*\])?(\+)?=/.exec(word);
  if (found === null) return undefined;
  const [{ length }, name, key, plus] = found;
  return { name: name!, value: word.slice(length), adds: (key ?? plus) !== undefined };
}
