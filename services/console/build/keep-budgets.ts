import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Kilobytes of gzip. */
export type Budgets = {
  /** The entry and everything it imports at once. */
  readonly first: number;
  /** What opening the builder adds to it, its editor aside. */
  readonly builder: number;
  /** What the editor adds, once the form stands. */
  readonly editor: number;
  /** Each Web Worker. */
  readonly worker: number;
};

type Chunk = { fileName: string; code: string; imports: string[]; isEntry: boolean; facadeModuleId: string | null };

/** Prints what a visitor downloads, keeps it in `.sizes.json` beside the files, and fails the build when it grows above the budgets. */
export function keepBudgets(budgets: Budgets): Plugin {
  return {
    name: "keep-budgets",
    apply: "build",
    writeBundle({ dir = "dist" }, bundle) {
      const outputs = Object.values(bundle);
      const chunks = new Map<string, Chunk>();
      for (const output of outputs) if (output.type === "chunk") chunks.set(output.fileName, output);
      const entry = [...chunks.values()].find((chunk) => chunk.isEntry);
      if (entry === undefined) return;
      const first = closure(chunks, entry);
      const builder = addedBy(chunks, "/builder/builder-page.tsx", first);
      const editor = addedBy(chunks, "/builder/yaml-editor.tsx", new Set([...first, ...builder]));
      const workers = outputs.filter((output) => output.type === "asset" && /worker-[^/]*\.js$/.test(output.fileName));

      const sizes: [name: string, size: number, budget: number][] = [
        ["first JS", size(first), budgets.first],
        ["builder", size(builder), budgets.builder],
        ["editor", size(editor), budgets.editor],
        ...workers.map((worker): [string, number, number] => [
          worker.fileName.replace(/^.*\/(\w+\.worker)-.*$/, "$1"),
          gzipped(worker.type === "asset" ? worker.source : ""),
          budgets.worker,
        ]),
      ];
      for (const [name, kilobytes, budget] of sizes) {
        this.info(`${name}: ${kilobytes.toFixed(1)} of ${budget} kB gzip`);
      }
      const rows = sizes.map(([name, kilobytes, budget]) => ({ name, kilobytes, budget }));
      writeFileSync(join(dir, ".sizes.json"), JSON.stringify(rows));
      const over = sizes.filter(([, kilobytes, budget]) => kilobytes > budget);
      if (over.length > 0) this.error(`over budget: ${over.map(([name]) => name).join(", ")}`);
    },
  };
}

/** What a page that is loaded on demand brings with it. */
function addedBy(chunks: ReadonlyMap<string, Chunk>, module: string, before: ReadonlySet<Chunk>): Set<Chunk> {
  const page = [...chunks.values()].find((chunk) => chunk.facadeModuleId?.endsWith(module));
  return page === undefined ? new Set() : new Set([...closure(chunks, page)].filter((chunk) => !before.has(chunk)));
}

function closure(chunks: ReadonlyMap<string, Chunk>, start: Chunk): Set<Chunk> {
  const found = new Set<Chunk>([start]);
  for (const chunk of found) {
    for (const name of chunk.imports) {
      const imported = chunks.get(name);
      if (imported !== undefined) found.add(imported);
    }
  }
  return found;
}

function size(chunks: Iterable<Chunk>): number {
  let total = 0;
  for (const chunk of chunks) total += gzipped(chunk.code);
  return total;
}

function gzipped(code: string | Uint8Array): number {
  return gzipSync(code, { level: 9 }).length / 1_000;
}
