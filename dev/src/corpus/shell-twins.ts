import type { Twins } from "./corpus.ts";
import { steps } from "./places.ts";

/** What the shell makes of a caller's value: a class, a title, the weak script and the right one. */
export function shellTwins(): Twins[] {
  return rows.map(([kind, title, vulnerable, safe]) => ({
    class: kind,
    title,
    at: steps,
    vulnerable: script(vulnerable) + steps,
    safe: script(safe) + steps,
  }));
}

function script(lines: string): string {
  return `      - run: |\n${lines.replaceAll(/^(?=.)/gm, "          ")}\n`;
}

const rows: readonly (readonly [kind: string, title: string, vulnerable: string, safe: string])[] = [
  ["chosen programs", "alone", "$TARGET", 'echo "$TARGET"'],
  ["chosen programs", "with an argument", '"$TARGET" --help', '[[ $TARGET == kubectl ]] || exit 1\n"$TARGET" --help'],
  ["chosen programs", "of a folder", '"$TARGET/bin/run"', 'ls "$TARGET/bin/run"'],
  ["chosen programs", "behind sudo", 'sudo -u deploy "$TARGET"', 'sudo -u "$TARGET" deploy'],
  ["chosen programs", "behind timeout", 'timeout 5 "$TARGET"', 'timeout "$COUNT" deploy "$TARGET"'],
  ["chosen programs", "behind env", 'env A=1 "$TARGET"', 'env "A=$TARGET" deploy'],
  ["chosen programs", "behind exec", 'exec "$TARGET"', 'exec > "$TARGET"'],
  ["chosen programs", "behind command", 'command "$TARGET"', 'command -v "$TARGET"'],
  ["chosen programs", "by way of a variable", 'run="$TARGET get pods"\n$run', 'run="deploy $TARGET"\n$run'],
  [
    "chosen programs",
    "by way of a list",
    'run=(\n  "$TARGET"\n  get\n)\n"${run[@]}"',
    'args=(\n  "$TARGET"\n  --all\n)\ndeploy "${args[@]}"',
  ],
  ["chosen programs", "in a loop", "for tool in $TARGET; do $tool; done", 'for host in $TARGET; do ping "$host"; done'],
  [
    "chosen programs",
    "in a condition",
    "if $TARGET; then echo yes; fi",
    'if $FORCE; then echo yes; fi\ncase "$SIZE" in\n  "$TARGET") echo yes ;;\nesac',
  ],
];
