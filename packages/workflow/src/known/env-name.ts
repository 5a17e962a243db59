import { isObeyed } from "./obeyed-names.ts";

/** Names that programs or the shell already give a meaning; an input must not change how a script runs. */
const takenNames = new Set(
  `PATH HOME SHELL USER LOGNAME PWD OLDPWD TMPDIR TMP TEMP CI ENV LANG LANGUAGE TERM TZ IFS UID EUID GID PPID HOSTNAME HOSTTYPE MACHTYPE OSTYPE
   RANDOM SECONDS LINENO SHLVL SHELLOPTS POSIXLY_CORRECT PS1 PS2 PS3 PS4 PROMPT_COMMAND OPTARG OPTIND OPTERR REPLY DIRSTACK GROUPS FUNCNAME PIPESTATUS
   HISTFILE CDPATH GLOBIGNORE EXECIGNORE INPUTRC EDITOR VISUAL PAGER BROWSER DISPLAY NO_PROXY HTTP_PROXY HTTPS_PROXY ALL_PROXY FTP_PROXY CLASSPATH
   KUBECONFIG EXECUTION_ID CALLBACK_URL ImageOS ImageVersion`.split(/\s+/),
);

/** Families of variables that runners, interpreters and tools read. */
const takenFamilies =
  /^(?:GITHUB|RUNNER|ACTIONS|INPUT|BASH|LC|LD|DYLD|GIT|SSH|NODE|NPM|PYTHON|PERL|PERL5|JAVA|JDK|MAVEN|GRADLE|CURL|SSL|OPENSSL|MALLOC|GLIBC|GCONV)_|^(?:BASH|PYTHON|PERL5?|RUBY)(?:OPTS?|LIB|PATH|HOME|STARTUP|PID|INSPECT)?$/;

/**
 * The environment variable that carries an input into the `execute` job: upper case, `-` as `_`; `INPUT_` in front where that name is taken.
 *
 *     envName("cluster-name") // "CLUSTER_NAME"
 *     envName("path")         // "INPUT_PATH"
 */
export function envName(input: string): string {
  const name = input.toUpperCase().replaceAll("-", "_");
  return takenNames.has(name) || takenFamilies.test(name) || isObeyed(name) ? `INPUT_${name}` : name;
}
