import { nameOf, programAt } from "../shell/command-word.ts";
import type { ShellCommand, ShellWord } from "../shell/commands.ts";

/** A program that fetches code by its name, and runs it now or when it installs it. */
type Fetcher = {
  readonly name: RegExp;
  /** What stands in front of the names. */
  readonly subcommand?: RegExp;
  /** Options that take no word. */
  readonly flags: RegExp;
  /** Options that bring a name as well. */
  readonly naming?: RegExp;
  /** What it fetches; of an image only the first word is the name. */
  readonly what: "package" | "image";
  /** Words behind the first are arguments of the code. */
  readonly first?: true;
};

const quiet =
  /^(?:-[gqyvDPU]+|--(?:global|yes|quiet|silent|save|save-dev|save-exact|no-save|no-audit|no-fund|upgrade|user|pre|no-deps|no-cache|no-cache-dir|force|reinstall|locked|offline|isolated|refresh|break-system-packages|no-input|no-install|no-document|ignore-scripts|legacy-peer-deps|frozen))$/;

export const fetchers: readonly Fetcher[] = [
  { name: /^(?:npx|bunx|uvx)$/, flags: quiet, naming: /^(?:-p|--package|--from|--with)$/, what: "package", first: true },
  { name: /^(?:npm|pnpm|bun)$/, subcommand: /^(?:exec|x|dlx|create|init) /, flags: quiet, naming: /^(?:-p|--package)$/, what: "package", first: true },
  { name: /^(?:npm|pnpm|bun|yarn)$/, subcommand: /^(?:global )?(?:i|install|add) /, flags: quiet, what: "package" },
  { name: /^yarn$/, subcommand: /^(?:dlx|create) /, flags: quiet, what: "package", first: true },
  { name: /^pip[\d.]*$/, subcommand: /^install /, flags: quiet, what: "package" },
  { name: /^uv$/, subcommand: /^tool run /, flags: quiet, naming: /^(?:--from|--with)$/, what: "package", first: true },
  { name: /^uv$/, subcommand: /^(?:tool install|pip install|add) /, flags: quiet, what: "package" },
  { name: /^pipx$/, subcommand: /^run /, flags: quiet, naming: /^--spec$/, what: "package", first: true },
  { name: /^pipx$/, subcommand: /^install /, flags: quiet, what: "package" },
  { name: /^(?:gem|cargo|brew)$/, subcommand: /^install /, flags: quiet, naming: /^--git$/, what: "package" },
  { name: /^(?:go|deno)$/, subcommand: /^(?:run|install) /, flags: quiet, what: "package", first: true },
  {
    name: /^(?:docker|podman|nerdctl)$/,
    subcommand: /^(?:container )?(?:run|create) /,
    flags: /^(?:-[ditPq]+|--(?:rm|init|privileged|read-only|detach|interactive|tty|publish-all|quiet|no-healthcheck|replace))$/,
    what: "image",
    first: true,
  },
]; // prettier-ignore

/** The words of a command that name what it fetches. */
export function fetchedBy({ words }: ShellCommand): { word: ShellWord; what: Fetcher["what"] }[] {
  const at = fetcherAt(words);
  const name = nameOf(words[at]?.text ?? "");
  const named = fetchers.filter((fetcher) => fetcher.name.test(name));
  if (named.length === 0) return [];
  const rest = words.slice(at + 1);
  const written = rest.map(({ text }) => `${text} `).join("");
  for (const fetcher of named) {
    const subcommand = fetcher.subcommand === undefined ? "" : fetcher.subcommand.exec(written)?.[0];
    if (subcommand === undefined) continue;
    return namesIn(fetcher, rest.slice(subcommand.split(" ").length - 1)).map((word) => ({ word, what: fetcher.what }));
  }
  return [];
}

/** `python -m pip` is pip. */
function fetcherAt(words: readonly ShellWord[]): number {
  const at = programAt(words);
  return nameOf(words[at]?.text ?? "").startsWith("python") && words[at + 1]?.text === "-m" ? at + 2 : at;
}

function namesIn({ flags, naming, first }: Fetcher, words: readonly ShellWord[]): ShellWord[] {
  const names: ShellWord[] = [];
  for (let i = 0; i < words.length; i++) {
    const { text } = words[i]!;
    if (naming?.test(text) === true) {
      const named = words[++i];
      if (named !== undefined) names.push(named);
    } else if (/^-.*=|^--$/.test(text) || flags.test(text)) continue;
    else if (text.startsWith("-")) i++;
    else {
      names.push(words[i]!);
      if (first) break;
    }
  }
  return names;
}
