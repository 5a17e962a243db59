/**
 * Where a program takes code. `code`: the option in front of it, or every word (`all`), the first that is no option (`first`), that and all behind it
 * (`operands`), those behind it alone (`behind first`), every `NAME=value` (`assignments`), or only what stands in `<( … )` (`substituted`). `stdin`: whether it runs what it reads, when no file is named (`no file`) or no option
 * brings the code (`no option`).
 */
export type Program = {
  readonly name: RegExp;
  readonly code: RegExp | "all" | "first" | "operands" | "behind first" | "substituted" | "assignments";
  readonly stdin?: "no file" | "no option";
  /** How a script shows it, where its name may be any word. */
  readonly shown?: RegExp;
  /** A word without which it takes no code, such as a subcommand. */
  readonly among?: RegExp;
  /** An option in front of code, which may stand there several times; with it the first word is none. */
  readonly instead?: RegExp;
  /** Its option may bring code several times. */
  readonly repeated?: true;
  /** Every word behind its option is code. */
  readonly several?: true;
  /** What its code looks like, where other words stand behind the same option. */
  readonly only?: RegExp;
  /** An option in front of a file of code, of which `<( … )` shows the text. */
  readonly file?: RegExp;
  /** Its own subcommands, which stand in front of the code. */
  readonly subcommand?: RegExp;
  /** What ends its code. */
  readonly until?: RegExp;
  /** It evaluates only parts of the value, or not in every case. */
  readonly doubtful?: true;
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
  { name: /^(?:lua[\d.]*|luajit|Rscript|julia|elixir|groovy|osascript)$/, code: /^-e$/ },
  { name: /^expect$/, code: /^-c$/ },
  { name: /^psql$/, code: /^(?:-[aAbeEHlnqsStxXz01]*c|--command)$/, stdin: "no option", file: /^(?:-f|--file)$/ },
  { name: /^(?:mysql|mariadb)$/, code: /^(?:-[BEHNrstv]*e|--execute)$/, stdin: "no option" },
  { name: /^(?:cqlsh|trino|presto|hive|beeline|spark-sql|cockroach|mysqlsh)$/, code: /^(?:-e|--execute)$/ },
  { name: /^(?:sqlcmd|snowsql|isql)$/, code: /^(?:-[qQ]|--query)$/, stdin: "no option" },
  { name: /^clickhouse(?:-client|-local)?$/, code: /^(?:-q|--query)$/, stdin: "no option" },
  { name: /^duckdb$/, code: /^-(?:c|s|cmd)$/, stdin: "no option" },
  { name: /^bq$/, code: "first", among: /^query$/, subcommand: /^query$/, valued: /^--(?:parameter|project_id|location|destination_table|format|max_rows)$/ },
  { name: /^redis-cli$/, code: /^(?:eval|EVAL)$/ },
  { name: /^mongosh?$/, code: /^--eval$/, stdin: "no option" },
  { name: /^eval$/, code: "all" },
  { name: /^(?:source|\.)$/, shown: /\bsource\b|(?:^|[|\n;&])\s*\.\s|\.\s*<\(/, code: "substituted" },
  { name: /^[gmn]?awk$/, code: "first", valued: /^-[vFf]$/, file: /^-f$/ },
  {
    name: /^[jy]q$/,
    code: "first",
    subcommand: /^(?:e|ea|eval|eval-all)$/,
    valued: /^(?:-L|-f|-o|-p|--from-file|--indent)$/,
    paired: /^--(?:arg|argjson|slurpfile|rawfile)$/,
    file: /^(?:-f|--from-file)$/,
  },
  { name: /^g?sed$/, code: "first", instead: /^-[Einrsuz]*e$/, valued: /^-f$/, file: /^-f$/, harmless: /^--sandbox$/ },
  { name: /^trap$/, code: "first" },
  { name: /^(?:su|runuser|script)$/, code: /^(?:-\w*c|--command)$/ },
  { name: /^(?:pwsh|powershell)$/, code: /^-(?:c|command)$/i },
  { name: /^gcloud$/, code: /^--command$/, among: /^ssh$/ },
  { name: /^az$/, code: /^--scripts$/, among: /^run-command$/ },
  { name: /^az$/, code: /^--(?:exec-)?command$/, among: /^(?:invoke|exec)$/ },
  { name: /^aws$/, code: /^--parameters$/, among: /^send-command$/ },
  { name: /^aws$/, code: /^--command$/, among: /^execute-command$/ },
  { name: /^vagrant$/, code: /^(?:-c|--command)$/, among: /^ssh$/ },
  { name: /^(?:fly|flyctl)$/, code: /^(?:-C|--command)$/, among: /^ssh$/ },
  { name: /^salt(?:-ssh|-call)?$/, code: /^cmd\.(?:run|shell)$/ },
  // What it is given as an argument of a module or as a variable may be a template, which runs commands.
  { name: /^ansible$/, code: /^(?:-a|--args)$/ },
  { name: /^ansible(?:-playbook|-console)?$/, code: /^(?:-e|--extra-vars)$/, repeated: true },
  { name: /^watch$/, code: "operands", valued: /^(?:-n|--interval)$/, harmless: /^(?:-\w*x|--exec)$/ },
  { name: /^flock$/, code: /^(?:-\w*c|--command)$/ },
  { name: /^env$/, shown: /\benv\s+-/, code: /^(?:-S|--split-string)$/ },
  { name: /^(?:at|batch)$/, shown: /(?:^|[|\n;&])\s*(?:at|batch)\s/, code: "substituted", stdin: "no option" },
  { name: /^crontab$/, code: "substituted", stdin: "no file" },
  {
    name: /^tmux$/,
    code: /^(?:new(?:-session|-window|w)?|split(?:-window|w)|respawn-(?:pane|window)|send(?:-keys)?|run(?:-shell)?)$/,
    several: true,
    valued: /^-[censtxyF]$/,
  },
  // What stands behind ::: is quoted where it is put in.
  { name: /^parallel$/, code: "operands", valued: /^(?:-[jPnNaSICdL]|--(?:jobs|colsep|arg-file|sshlogin|delay|timeout|joblog|retries))$/, until: /^:::/ },
  { name: /^(?:pdsh|clush)$/, code: "operands", valued: /^-[wxglRfutu]$/ },
  { name: /^rsync$/, code: /^(?:-\w*e|--rsh)$/ },
  { name: /^git$/, code: /^-c$/, repeated: true, only: /^["']?core\.(?:sshcommand|editor|pager|fsmonitor|hookspath)=/i },
  // It expands $(shell …) in the value.
  { name: /^g?make$/, code: "assignments", doubtful: true },
  { name: /^(?:ssh|autossh|sqlite3|duckdb)$/, code: "behind first", stdin: "no file" },
]; // prettier-ignore
