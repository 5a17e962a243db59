import { compileActionlint, startActionlint, wasmVersion } from "@infraskill/actionlint/wasm";
import { falsePositives, fromActionlint } from "@infraskill/workflow/layers/actionlint";
import { checkText } from "@infraskill/workflow/check";
import { corpus, type CorpusFile } from "../corpus/corpus.ts";
import { type FirstSight, firstSight, heldOutCorpus } from "../corpus/held-out.ts";
import { fairFiles, thirdRound, thirdSight } from "../corpus/third-round.ts";
import { page, table } from "./markdown.ts";

type Counts = {
  vulnerable: number;
  safe: number;
  hits: number;
  alarms: number;
  lint_hits: number;
  lint_alarms: number;
};

/** docs/checks.md: the layers, and what they find in the labelled corpus, counted anew every time. */
export async function checksPage(): Promise<string> {
  const { lint } = await startActionlint(await compileActionlint());
  const files = corpus();
  const { classes } = count(files, lint);
  const total = [...classes.values()].reduce(add);
  const heldOut = atFirstAndNow(heldOutCorpus(), firstSight, lint);
  const third = atFirstAndNow(thirdRound(), thirdSight, lint);
  const fair = fairFiles();
  const { alarmed: fairAlarms } = count(fair, lint);
  const rows = [...classes, ["**all**", total] as const].map(([name, counts]) => [
    name,
    `${counts.vulnerable} / ${counts.safe}`,
    `${counts.hits}`,
    `${counts.alarms}`,
    `${counts.lint_hits}`,
    `${counts.lint_alarms}`,
  ]);
  return page("Checks", "dev/src/docs/checks-page.ts", [
    "A skill file goes through four layers before a pull request is opened; each answers with diagnostics that have a place, and errors block.",
    [
      "1. **YAML safety**: size, depth, aliases, duplicate keys, several documents, invisible characters. What is not safe goes no further.",
      "2. **GitHub's own parser** (`@actions/workflow-parser`): what GitHub would call an invalid workflow file.",
      "3. **actionlint**: the native binary where there is one, with shellcheck; else 1.7.7 as WASM.",
      "4. **infraskill's [rules](rules/README.md)**: the contract with infraskill, and what a caller could bend.",
    ].join("\n"),
    "Layers 1, 2 and 4 are pure and run in the browser, in the gateway and on the command line alike; layer 3 runs in worker threads that are replaced when they hang.",
    "## What they find",
    `${files.length} files in pairs, each a weakness and its safe twin (\`dev/src/corpus\`), with what the four layers say and what actionlint ${wasmVersion} says alone. A file counts as found when there is an error or a warning. The corpus was written together with the rules, so the table shows what they are meant to see rather than how they do in the wild; the class *beyond the rules* holds what they were known to miss or to see wrongly, some of which they see by now.`,
    table(
      ["class", "vulnerable / safe files", "found", "false alarms", "actionlint: found", "actionlint: false alarms"],
      rows,
    ),
    table(
      ["", "precision", "recall"],
      [
        precisionAndRecall("infraskill, all layers", total.hits, total.alarms, total.vulnerable),
        precisionAndRecall(`actionlint ${wasmVersion} alone`, total.lint_hits, total.lint_alarms, total.vulnerable),
      ],
    ),
    "### What they were not written for",
    `${heldOut.files} more files in pairs, written from published advisories and the audits that zizmor documents, by an author who had not read the rules (\`dev/src/corpus/held-out-pairs.ts\`); those of the *second round* by one who knew a part of them. *At first sight* is what the rules of that day found; rules were then mended where they had missed, so what they find *now* says how much of this list is covered and no longer how they do on the unknown.`,
    ...heldOut.tables,
    "Of 33 pairs tried in the second round 22 were kept. What was seen in the others is mended by now: a warning about a harmless `with.host` of a local action, a missed injection into a `jq` program, a missed `printf -v` and a missed `execSync` of github-script.",
    "### Scripts as people write them",
    `${third.files} files in pairs and ${fair.length} fair ones, which deserve no finding: whole scripts of ten to forty lines with functions, loops, arrays, here-documents and traps, as people who run infrastructure write them, by an author who had read neither the rules nor their pages (\`dev/src/corpus/third-round\`). Values are followed less far in them than in the short ones above. Of the fair files ${fairAlarms.length} are warned about now, and 0 were at first sight.`,
    ...third.tables,
    "## What actionlint says that does not block",
    "GitHub has moved on since 1.7.7. These findings stay visible as remarks, each with its reason:",
    table(
      ["kind", "finding", "why it does not block"],
      falsePositives.map(({ kind, example, reason }) => [kind, example, reason]),
    ),
    "## When rules change",
    "A merged skill keeps running as it was reviewed: the rules judge texts that are on their way in. A new revision, a draft, a change to an open pull request and `infraskill check` always meet the rules of today, and every check says which text it judged by its SHA-256.",
    "Each verdict is kept with the version of the rules that made it, a hash over the rules' code, the parsers, actionlint and the callback mode. A validator that starts with other rules than the last one announces them; the registry then owes every active revision another check, as a due row. Errors and warnings that the review did not have are kept as `new_findings` of the skill, shown on its page and noted in its history (`rechecked`). They do not break the skill; its next revision has to pass. Going back to an older release is a change of rules as well.",
  ]);
}

/** What was found when the files were new, beside what is found now. */
function atFirstAndNow(
  files: readonly CorpusFile[],
  first: FirstSight,
  lint: Lint,
): { files: number; tables: string[] } {
  const { classes, missed, alarmed } = count(files, lint);
  const total = [...classes.values()].reduce(add);
  const firstOf = (those: readonly CorpusFile[]) =>
    [
      those.filter(({ label, title }) => label === "vulnerable" && !first.missed.has(title)).length,
      those.filter(({ label, title }) => label === "safe" && first.alarmed.has(title)).length,
    ] as const;
  const [found_first, alarms_first] = firstOf(files);
  const mended = [...first.missed].filter((title) => !missed.includes(title));
  const quietened = [...first.alarmed].filter((title) => !alarmed.includes(title));
  const rows = [...classes, ["**all**", total] as const].map(([name, counts]) => {
    const [found, alarms] = firstOf(classes.has(name) ? files.filter((file) => file.class === name) : files);
    const now = [counts.hits, counts.alarms, counts.lint_hits, counts.lint_alarms];
    return [name, `${counts.vulnerable} / ${counts.safe}`, ...[found, alarms, ...now].map(String)];
  });
  const columns = [
    "at first sight: found",
    "false alarms",
    "now: found",
    "false alarms",
    "actionlint: found",
    "false alarms",
  ];
  return {
    files: files.length,
    tables: [
      table(["class", "vulnerable / safe files", ...columns], rows),
      table(
        ["", "precision", "recall"],
        [
          precisionAndRecall("infraskill, all layers, at first sight", found_first, alarms_first, total.vulnerable),
          precisionAndRecall("infraskill, all layers, now", total.hits, total.alarms, total.vulnerable),
          precisionAndRecall(`actionlint ${wasmVersion} alone`, total.lint_hits, total.lint_alarms, total.vulnerable),
        ],
      ),
      `Mended after they were seen: ${listed(mended)}. False alarms mended: ${listed(quietened)}. Still missed: ${listed(missed)}. False alarms now: ${listed(alarmed)}.`,
    ],
  };
}

function listed(titles: readonly string[]): string {
  return titles.join("; ") || "none";
}

function count(
  files: readonly CorpusFile[],
  lint: Lint,
): { classes: Map<string, Counts>; missed: string[]; alarmed: string[] } {
  const classes = new Map<string, Counts>();
  const missed: string[] = [];
  const alarmed: string[] = [];
  for (const { class: name, title, label, text } of files) {
    const counts = classes.get(name) ?? { vulnerable: 0, safe: 0, hits: 0, alarms: 0, lint_hits: 0, lint_alarms: 0 };
    classes.set(name, counts);
    const lint_findings = fromActionlint(text, lint(text));
    const lint_found = lint_findings.some(isFound);
    const { diagnostics } = checkText(text, { name: "corpus" });
    const found = diagnostics.some(isFound) || lint_found;
    counts[label] += 1;
    if (label === "vulnerable") {
      counts.hits += Number(found);
      counts.lint_hits += Number(lint_found);
      if (!found) missed.push(title);
    } else {
      counts.alarms += Number(found);
      counts.lint_alarms += Number(lint_found);
      if (found) alarmed.push(title);
    }
  }
  return { classes, missed, alarmed };
}

type Lint = Awaited<ReturnType<typeof startActionlint>>["lint"];

function precisionAndRecall(name: string, hits: number, alarms: number, vulnerable: number): string[] {
  return [name, percent(hits, hits + alarms), percent(hits, vulnerable)];
}

function isFound({ severity }: { severity: string }): boolean {
  return severity !== "info";
}

function add(a: Counts, b: Counts): Counts {
  return Object.fromEntries(Object.entries(a).map(([key, value]) => [key, value + b[key as keyof Counts]])) as Counts;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}
