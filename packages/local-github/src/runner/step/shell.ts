export type Shell = {
  readonly file: string;
  readonly args: readonly string[];
  readonly extension: string;
  readonly shown: string;
};

/**
 * The command line of a shell, `{0}` replaced by the script. No shell means `bash -e {0}`, `bash` by name is stricter.
 * @param find gives a program's full path, undefined where it is not installed
 * @throws Error where the shell is none the runner knows and no template with `{0}`
 */
export function shellCommand(
  shell: string | null,
  script: string,
  find: (program: string) => string | undefined,
): Shell {
  const template = shell === null ? defaultTemplate(find) : (templates[shell] ?? shell);
  if (!template.includes("{0}"))
    throw new Error(
      `Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string containing '{0}'`,
    );
  const [program = "", ...args] = template.split(" ").filter((part) => part !== "");
  const path = find(program) ?? (program === "python" ? find("python3") : undefined);
  if (path === undefined) throw new Error(`${program}: command not found`);
  return {
    file: path,
    args: args.map((part) => part.replaceAll("{0}", script)),
    extension: extensions[shell ?? "bash"] ?? "",
    shown: [path, ...args].join(" "),
  };
}

const templates: Record<string, string> = {
  bash: "bash --noprofile --norc -e -o pipefail {0}",
  sh: "sh -e {0}",
  python: "python {0}",
  pwsh: "pwsh -command . '{0}'",
  powershell: "powershell -command . '{0}'",
};

const extensions: Record<string, string> = { bash: ".sh", sh: ".sh", python: ".py", pwsh: ".ps1", powershell: ".ps1" };

function defaultTemplate(find: (program: string) => string | undefined): string {
  return find("bash") === undefined ? "sh -e {0}" : "bash -e {0}";
}
