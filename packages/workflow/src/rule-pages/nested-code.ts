import type { RulePage } from "./rule-page.ts";

const script = `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`;

export const nestedCode: RulePage = {
  id: "nested-code",
  why: `An environment variable is only text, until a script pastes it into code for another program: \`eval\`, \`bash -c\`, \`ssh\`, \`kubectl exec … sh -c\`, \`python3 -c\`, \`node -e\`, \`awk\`, \`sed\` (whose \`e\` runs commands), \`jq\`, \`yq\`, \`psql -c\`, \`gcloud compute ssh --command\`, \`az vm run-command\`, \`aws ssm send-command\`, \`aws ecs execute-command\`, \`ansible -a\` and \`--extra-vars\` (which may be templates), \`redis-cli EVAL\`, \`bq query\`, \`sqlcmd -Q\`, \`duckdb -c\`, \`lua -e\`, \`watch\`, \`env -S\`, \`flock -c\`, \`script -c\`, \`tmux\`, \`parallel\`, \`rsync -e\`, \`git -c core.sshCommand=…\`, \`make NAME=…\` (a warning: it expands \`$(shell …)\`), what \`at\` and \`crontab -\` read, \`Invoke-Expression\`, \`yaml.load\` and \`pickle.loads\` of Python, what is piped to a shell or sourced, and a script that is written by \`echo\`, a group or a here-document and then run, by a later step too; Terraform's files and a Dockerfile are such scripts. The shell puts the value in before that program reads it, so \`'; rm -rf / #\`, or the same with \`"\`, closes the quotes that stand around it there. Bash's arithmetic evaluates a text as well: \`$((X + 1))\` and \`[[ $X -gt 1 ]]\` run the command in \`a[$(rm -rf /)]\`. So does every place where it looks for a number or a name: \`\${list[$X]}\` and \`list[$X]=1\` (unless the list is declared by \`declare -A\`), \`\${text:$X}\`, \`\${!X}\`, \`\${X@P}\`, \`[[ -v $X ]]\`, \`unset "$X"\`, \`read "list[$X]"\`, \`printf -v "$X"\`, \`declare "$X=1"\`. In \`cmd\`, every \`%X%\` is pasted like that. Programs take values beside their code: as arguments, from their environment, or as parameters of a query.

A value is no finding where every run has passed a check that leaves no character that is code there: for a shell none of \`; & | < > ( ) $ \\\` \\ " ' * ? [ ] { } ~ # ! = %\`, spaces, line breaks or control characters, for a query no quote, backslash or \`;\`, for arithmetic no letter either. Ranges count by the numbers of the characters: \`[A-z]\` holds a backtick. A check that may be left out, in a branch, a loop or a function, counts there and not behind it. Known are, with any such pattern:

- \`[[ $X =~ ^[a-z0-9-]+$ ]] || exit 1\`, with \`&&\`, \`||\`, \`!\` and several tests, or alone on its line where the shell is \`bash -e\`, as GitHub's is; the same by \`==\` with a text or \`+([a-z0-9])\`, by \`=~ $re\` where the script sets \`re\` once to a text, and by \`expr "$X" : '[a-z]*$'\`;
- \`if [[ … ]]; then\` for what stands in that branch, and \`if ! [[ … ]]; then exit 1; fi\` for what comes behind;
- \`case "$X" in web | api) ;; *) exit 1 ;; esac\`, and \`case "$X" in *[!a-z0-9-]*) exit 1 ;; esac\`;
- a function that does so with its argument: \`check() { [[ $1 =~ ^[a-z]+$ ]] || exit 1; }; check "$X"\`;
- \`grep -Eqx '[a-z]+' <<< "$X" || exit 1\` where the value is known to have no line break (\`[[ $X != *$'\\n'* ]] || exit 1\`), or \`printf '%s' "$X" | grep -zEqx '[a-z]+'\`: grep takes a text of several lines of which one matches;
- in PowerShell \`if ($env:X -notmatch '\\A[a-z0-9-]+\\z') { throw … }\`, in Python \`if not re.fullmatch(r"[a-z0-9-]+", x): raise …\`, in JavaScript \`if (!/^[a-z0-9-]+$/.test(x)) throw …\`;
- the same in an earlier step of the job that has no \`if\` and no \`continue-on-error\`, for a step that does not run after a failure;
- the condition of the step: \`inputs.x == 'web'\`, \`contains(fromJSON('["web", "api"]'), inputs.x)\`.

Nor is a value one that is filtered by \`\${X//[^a-z0-9-]/}\` or \`tr -cd a-z\`, or where \`$(printf %q "$X")\`, \`\${X@Q}\` or \`@sh\` of jq quotes it for the shell that reads it: in the code itself, and in no other quotes, which its own would end. Scripts of sh, bash, PowerShell, cmd, Python, Perl and Node.js (github-script too) are read, by the \`shell\` that the file names, and without one as bash; so are programs of Python, Node.js, Perl, Ruby and bash within a script of sh or bash, as \`python3 - <<'PY'\` and \`node -e '…'\` begin them. A caller's value is also what a script reads from the event itself: \`$(jq -r .inputs.x "$GITHUB_EVENT_PATH")\`, \`json.load(open(os.environ["GITHUB_EVENT_PATH"]))\`, \`context.payload.inputs\` and \`core.getInput\` of github-script. Values are followed through assignments, \`printf -v\`, \`set --\`, lists, loops, \`read\` and \`mapfile\`, and as arguments of functions (\`$1\`, \`$@\`) unless the function compares them; what a function puts out, and code that other programs put together, is not seen.`,
  allow: `Where running what the caller writes is the purpose of the skill, such as a query console for administrators. Say who may run it.`,
  samples: [
    {
      title: "A shell on the runner",
      at: script,
      wrong: `          bash -c 'kubectl --namespace '"$NAMESPACE"' rollout restart deployment'
`,
      right: `          bash -c 'kubectl --namespace "$1" rollout restart deployment' _ "$NAMESPACE"
`,
    },
    {
      title: "A shell in a container",
      at: script,
      wrong: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          kubectl exec deploy/cache -- sh -c "rm -rf /cache/$NAMESPACE"
`,
      right: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          kubectl exec deploy/cache -- sh -c 'rm -rf "/cache/$1"' - "$NAMESPACE"
`,
    },
    {
      title: "Another machine",
      at: script,
      wrong: `          ssh ops@bastion systemctl restart "$NAMESPACE"
`,
      right: `          ssh ops@bastion systemctl restart -- "$(printf %q "$NAMESPACE")"
`,
    },
    {
      title: "A program on one line",
      at: script,
      wrong: `          python3 -c "print('$NAMESPACE'.upper())"
`,
      right: `          python3 -c 'import sys; print(sys.argv[1].upper())' "$NAMESPACE"
`,
    },
    {
      title: "A query",
      at: script,
      wrong: `          psql -c "delete from sessions where tenant = '$NAMESPACE'"
`,
      right: `          psql --set ON_ERROR_STOP=1 --set "tenant=$NAMESPACE" <<< "delete from sessions where tenant = :'tenant'"
`,
    },
    {
      title: "eval, by way of another variable",
      at: script,
      wrong: `          command="kubectl --namespace $NAMESPACE get pods"
          eval "$command"
`,
      right: `          command=(kubectl --namespace "$NAMESPACE" get pods)
          "\${command[@]}"
`,
    },
    {
      title: "A document for another shell",
      at: script,
      wrong: `          ssh ops@bastion bash <<EOF
          systemctl restart $NAMESPACE
          EOF
`,
      right: `          [[ $NAMESPACE =~ ^[a-z0-9-]+$ ]] || exit 1
          ssh ops@bastion bash <<EOF
          systemctl restart $NAMESPACE
          EOF
`,
    },
    {
      title: "Piped to a shell",
      at: script,
      wrong: `          echo "kubectl --namespace $NAMESPACE rollout restart deployment" | bash
`,
    },
    {
      title: "A script that is written first",
      at: script,
      wrong: `          echo "kubectl --namespace $NAMESPACE rollout restart deployment" > restart.sh
          bash restart.sh
`,
      right: `          echo 'kubectl --namespace "$1" rollout restart deployment' > restart.sh
          bash restart.sh "$NAMESPACE"
`,
    },
    {
      title: "Read from the event",
      at: script,
      wrong: `          namespace=$(jq -r .inputs.namespace "$GITHUB_EVENT_PATH")
          eval "kubectl --namespace $namespace rollout restart deployment"
`,
    },
    {
      title: "Arithmetic",
      at: script,
      wrong: `          echo "$((NAMESPACE + 1))"
`,
      right: `          echo "$((REPLICAS + 1))"
`,
    },
    {
      title: "A subscript",
      at: script,
      wrong: `          ports=([1]=80 [2]=443)
          echo "\${ports[$NAMESPACE]}"
`,
      right: `          declare -A ports=([web]=80 [api]=443)
          echo "\${ports[$NAMESPACE]}"
`,
    },
    {
      title: "A number",
      at: script,
      wrong: `          bash -c "sleep $REPLICAS"
`,
      right: `          sleep "$REPLICAS"
`,
      severity: "warning",
    },
  ],
};
