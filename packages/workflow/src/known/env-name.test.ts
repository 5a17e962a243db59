import { expect, it } from "vitest";
import { envName } from "./env-name.ts";

it.each([
  ["cluster-name", "CLUSTER_NAME"],
  ["url", "URL"],
  ["path", "INPUT_PATH"],
  ["Home", "INPUT_HOME"],
  ["github-token", "INPUT_GITHUB_TOKEN"],
  ["runner_temp", "INPUT_RUNNER_TEMP"],
  ["ld-preload", "INPUT_LD_PRELOAD"],
  ["bash-env", "INPUT_BASH_ENV"],
  ["node-options", "INPUT_NODE_OPTIONS"],
  ["pythonpath", "INPUT_PYTHONPATH"],
  ["git-ssh-command", "INPUT_GIT_SSH_COMMAND"],
  ["digit", "DIGIT"],
  ["node", "NODE"],
  ["perl5lib", "INPUT_PERL5LIB"],
  ["rubyopt", "INPUT_RUBYOPT"],
  ["landing", "LANDING"],
  ["perlite", "PERLITE"],
  ["makeflags", "INPUT_MAKEFLAGS"],
  ["tar-options", "INPUT_TAR_OPTIONS"],
  ["rustc_wrapper", "INPUT_RUSTC_WRAPPER"],
])("the input %s reaches scripts as %s", (input, variable) => {
  expect(envName(input)).toBe(variable);
});
