/**
 * Where a program takes code. `code`: the option in front of it, or every word (`all`), the first that is no option (`first`), those after it
 * (`behind first`), or only what stands in `<( … )` (`substituted`). `stdin`: whether it runs what it reads, when no file is named (`no file`) or no option
 * brings the code (`no option`).
 */
export type Program = {
  readonly name: RegExp;
  readonly code: RegExp | "all" | "first" | "behind first" | "substituted";
  readonly stdin?: "no file" | "no option";
  /** A word without which it takes no code, such as a subcommand. */
  readonly among?: RegExp;
  /** An option in front of code, which may stand there several times; with it the first word is none. */
  readonly instead?: RegExp;
  /** Its option may bring code several times. */
  readonly repeated?: true;
  /** An option with which its code can do no harm. */
  readonly harmless?: RegExp;
  /** Options that take the next word, or the next two. */
  readonly valued?: RegExp;
  readonly paired?: RegExp;
};

export const programs: readonly Program[] = [
  { name: /^(?:ba|da|z|k|a)?sh$/, code: /^-[a-z]*c$/, stdin: "no file" },
  { name: /^python[\d.]*$/, code: /^-c$/, stdin: "no file" },
  { name: /^(?:node|nodejs|bun|deno)$/, code: /^(?:-e|-p|-pe|--eval|--print|eval)$/, stdin: "no file" },
  { name: /^(?:perl|ruby)$/, code: /^-\w*[eE]$/, stdin: "no file" },
  { name: /^php$/, code: /^-r$/, stdin: "no file" },
  { name: /^psql$/, code: /^(?:-[aAbeEHlnqsStxXz01]*c|--command)$/, stdin: "no option" },
  { name: /^(?:mysql|mariadb)$/, code: /^(?:-[BEHNrstv]*e|--execute)$/, stdin: "no option" },
  { name: /^mongosh?$/, code: /^--eval$/, stdin: "no option" },
  { name: /^eval$/, code: "all" },
  { name: /^(?:source|\.)$/, code: "substituted" },
  { name: /^[gmn]?awk$/, code: "first", valued: /^-[vFf]$/ },
  {
    name: /^[jy]q$/,
    code: "first",
    valued: /^(?:-L|-f|-o|-p|--from-file|--indent)$/,
    paired: /^--(?:arg|argjson|slurpfile|rawfile)$/,
  },
  { name: /^g?sed$/, code: "first", instead: /^-[Einrsuz]*e$/, valued: /^-f$/, harmless: /^--sandbox$/ },
  { name: /^trap$/, code: "first" },
  { name: /^(?:su|runuser)$/, code: /^-\w*c$/ },
  { name: /^(?:pwsh|powershell)$/, code: /^-(?:c|command)$/i },
  { name: /^gcloud$/, code: /^--command$/, among: /^ssh$/ },
  { name: /^az$/, code: /^--scripts$/, among: /^run-command$/ },
  { name: /^aws$/, code: /^--parameters$/, among: /^send-command$/ },
  { name: /^ansible$/, code: /^-a$/, among: /^(?:ansible\.builtin\.)?(?:shell|raw|command)$/ },
  // What it is given as a variable may be a template, which runs commands.
  { name: /^ansible(?:-playbook|-console)?$/, code: /^(?:-e|--extra-vars)$/, repeated: true },
  { name: /^watch$/, code: "all", harmless: /^(?:-\w*x|--exec)$/ },
  { name: /^flock$/, code: /^(?:-\w*c|--command)$/ },
  { name: /^env$/, code: /^(?:-S|--split-string)$/ },
  { name: /^(?:at|batch)$/, code: "substituted", stdin: "no option" },
  { name: /^(?:ssh|sqlite3)$/, code: "behind first", stdin: "no file" },
];

export const anyProgram = new RegExp(programs.map(({ name }) => name.source).join("|"));

/** Without any of these a script need not be read. */
export const mentionsPrograms =
  /\b(?:(?:ba|da|z|k|a)?sh|python|node|bun|deno|perl|ruby|php|psql|mysql|mariadb|mongosh?|eval|source|awk|[gmn]awk|g?sed|[jy]q|gcloud|az|aws|ansible|ssh|trap|su|runuser|pwsh|powershell|sqlite3|watch|flock|chmod)\b|\benv\s+-|(?:^|[|\n;&])\s*(?:at|batch|\.)\s|python\d|\.\s*<\(/;
