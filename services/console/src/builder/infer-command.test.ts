import { describe, expect, it } from "vitest";
import { inferCommand, nameOfCommand } from "./infer-command.ts";

describe("inferCommand", () => {
  it.each([
    ["kubectl -n <namespace> get pods", 'kubectl -n "$NAMESPACE" get pods', ["namespace"]],
    ["echo {{ user_name }} <user name>", 'echo "$USER_NAME" "$USER_NAME"', ["user-name"]],
    ['curl "$URL/${RETRY_COUNT}"', 'curl "$URL/${RETRY_COUNT}"', ["url", "retry-count"]],
    ["echo $PATH $HOME $GITHUB_OUTPUT", "echo $PATH $HOME $GITHUB_OUTPUT", []],
    ['TOTAL=$(wc -l)\necho "$TOTAL"', 'TOTAL=$(wc -l)\necho "$TOTAL"', []],
    ["echo ${{ inputs.x }}", "echo ${{ inputs.x }}", []],
    [`curl -d '{"x":"<id>"}' <url>`, `curl -d '{"x":"'"$ID"'"}' "$URL"`, ["id", "url"]],
    [`bash -c 'echo <name> "to <kind>"'`, `bash -c 'echo "$NAME" "to $KIND"'`, ["name", "kind"]],
    [`cd /srv && sh -ec 'ls <dir>'`, `cd /srv && sh -ec 'ls "$DIR"'`, ["dir"]],
    [`sudo bash -c 'ls <dir>'`, `sudo bash -c 'ls '"$DIR"''`, ["dir"]],
    ['echo "hello <name>"', 'echo "hello $NAME"', ["name"]],
    ['echo "<name>_{{ kind }}s" <name>s', 'echo "${NAME}_${KIND}s" "$NAME"s', ["name", "kind"]],
    [`echo "it's <name>" "$(cat <file>)"`, `echo "it's $NAME" "$(cat "$FILE")"`, ["name", "file"]],
    ["cat <<END\nFor <name>\nEND", "cat <<END\nFor $NAME\nEND", ["name"]],
    ["cat <<'END'\nFor <name>\nEND", "cat <<'END'\nFor <name>\nEND", []],
    ["# for <name>\nuptime", "# for <name>\nuptime", []],
    ["sort < in.txt > out.txt", "sort < in.txt > out.txt", []],
  ])("reads %s", (command, run, inputs) => expect(inferCommand(command)).toEqual({ run, inputs }));
});

it.each([
  ["kubectl rollout restart deployment/web", "kubectl-rollout-restart"],
  ["# a note\nset -e\nsudo systemctl restart nginx", "systemctl-restart-nginx"],
  ["./run.sh", ""],
])("names %s", (command, name) => expect(nameOfCommand(command)).toBe(name));
