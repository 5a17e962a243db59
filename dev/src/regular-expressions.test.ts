import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const files = globSync("{packages/{contracts,workflow,platform,github,client},services/*}/src/**/*.{ts,tsx}", {
  cwd: root,
  exclude: ["**/*.test.*", "**/node_modules"],
});
/** A literal where an expression may begin; what is none does not compile, or is as harmless as it looks. */
const literal = /(?<=[(,=:[!&|?{}>\s]|return )\/((?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/g;
const length = 4_000;
/** Enough for what grows with the square of so long a text, and nothing for what grows faster. */
const most_ms = 300;

/** Long texts that each nearly fit: one piece of the expression, again and again, and then an end that does not belong. */
function attacks(source: string): string[] {
  const pieces = source.match(/[A-Za-z0-9]{1,12}|[-_.:/"'@=<>{}$#*+ ]/g) ?? [];
  const common = ["a", "A", "0", " ", "\n", "\t", "/", "-", ".", "\\", '"', "a-", "a.", "0:", "${{", "aA0_"];
  return [...new Set([...pieces, ...common])].map((piece) => `${piece.repeat(Math.ceil(length / piece.length))}\0`);
}

test("no regular expression takes long for any text that nearly fits it", () => {
  const expressions = new Map<string, RegExp>();
  for (const file of files) {
    for (const [whole, source = "", flags] of readFileSync(join(root, file), "utf8").matchAll(literal)) {
      try {
        expressions.set(`${file} ${whole}`, new RegExp(source, flags));
      } catch {
        // A division, or a path in a text.
      }
    }
  }
  expect(expressions.size).toBeGreaterThan(150);
  const slow: string[] = [];
  for (const [where, expression] of expressions) {
    for (const text of attacks(expression.source)) {
      const before = process.cpuUsage();
      expression.lastIndex = 0;
      expression.test(text);
      const { user, system } = process.cpuUsage(before);
      if (user + system > most_ms * 1_000)
        slow.push(`${where} took ${Math.round((user + system) / 1_000)} ms for ${JSON.stringify(text.slice(0, 20))}`);
    }
  }
  expect(slow).toEqual([]);
}, 120_000);
