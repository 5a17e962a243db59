import type { RulePage } from "./rule-page.ts";

const script = `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`;

export const optionInjection: RulePage = {
  id: "option-injection",
  why: `Quotes keep a value one word; what the word means is up to the program. A host named \`-oProxyCommand=…\` is an option of \`ssh\` that runs a program, and so are \`--upload-pack=…\` for \`git fetch\`, \`--checkpoint-action=exec=…\` for \`tar\`, \`--rsh=…\` for \`rsync\`, \`-exec\` for \`find\`, \`-o…\` for \`curl\` and \`wget\` (which write files), \`-TT…\` for \`zip\`. A word of these that begins with the value is a warning, unless it stands behind \`--\` or behind an option that takes a word. A text in front of the value, as in \`"deploy@$HOST"\`, keeps it from being one.

Without quotes the value falls into several words, and each of them may be an option: for those programs and for \`helm\`, \`kubectl\`, \`terraform\`, \`docker\` and \`ansible\` an unquoted \`$X\` is a warning, and so is a list made of it by \`read -ra\`, \`mapfile\` or \`list=($X)\`.

Numbers, booleans and choices are none. Nor is a variable that the script compares with anything, as \`[[ $X != -* ]] || exit 1\`, \`case "$X" in …\` and \`grep\` do.`,
  allow: `Where the options of the program are what the skill hands on, such as arguments for a tool that can do no harm. Say why it can do none.`,
  samples: [
    {
      title: "A host",
      at: script,
      wrong: `          ssh -o BatchMode=yes "$NAMESPACE" uptime
`,
      right: `          ssh -o BatchMode=yes -- "$NAMESPACE" uptime
`,
    },
    {
      title: "A branch",
      at: script,
      wrong: `          git fetch --quiet origin "$NAMESPACE"
`,
      right: `          git fetch --quiet origin "refs/heads/$NAMESPACE"
`,
    },
    {
      title: "A list of paths",
      at: script,
      wrong: `          read -ra paths <<< "$NAMESPACE"
          tar --create --file etc.tar "\${paths[@]}"
`,
      right: `          read -ra paths <<< "$NAMESPACE"
          tar --create --file etc.tar -- "\${paths[@]}"
`,
    },
    {
      title: "More arguments",
      at: script,
      wrong: `          helm upgrade web charts/web $NAMESPACE
`,
      right: `          case "$NAMESPACE" in
            debug) arguments=(--debug) ;;
            *) arguments=() ;;
          esac
          helm upgrade web charts/web "\${arguments[@]}"
`,
    },
    {
      title: "An address",
      at: script,
      wrong: `          curl --silent --show-error "$NAMESPACE"
`,
      right: `          [[ $NAMESPACE == https://* ]] || exit 1
          curl --silent --show-error "$NAMESPACE"
`,
    },
  ],
};
