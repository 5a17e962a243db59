import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { appendIn, deleteIn, replaceItem, setIn } from "./splice-yaml.ts";

const text = `# on top
name: "a"   # its name
on:
  workflow_dispatch:
    inputs:
      # first
      one: { type: string }
      two:
        type: 'number' # kept

jobs:
    execute:
        runs-on: [self-hosted,  linux]
        steps:
        - run: |
            echo 1

            echo 2
        # before the second
        - name: second
          run: echo 3
        # at the end
    report: {}
`;

describe("setIn", () => {
  it("gives back the same bytes when nothing changes", () => {
    expect(setIn(text, [], parse(text))).toBe(text);
    expect(
      setIn(text, ["on", "workflow_dispatch", "inputs"], { one: { type: "string" }, two: { type: "number" } }),
    ).toBe(text);
  });

  it("changes one value and leaves every other byte", () => {
    expect(setIn(text, ["name"], "b")).toBe(text.replace('name: "a"', "name: b"));
    expect(setIn(text, ["on", "workflow_dispatch", "inputs", "two", "type"], "string")).toBe(
      text.replace("type: 'number'", "type: string"),
    );
  });

  it("adds an entry at the end of its map, at the map's indentation", () => {
    const changed = setIn(text, ["on", "workflow_dispatch", "inputs", "three"], { type: "boolean" });
    expect(changed).toBe(text.replace("# kept\n", "# kept\n      three:\n        type: boolean\n"));
    const deep = setIn(text, ["jobs", "execute", "env", "A"], "1");
    expect(parse(deep).jobs.execute.env).toEqual({ A: "1" });
    expect(deep.replace(/\n {8}env:\n {10}A: "1"/, "")).toBe(text);
  });

  it("fills maps that are empty or written in one line", () => {
    expect(parse(setIn(text, ["jobs", "report", "needs"], "execute")).jobs.report).toEqual({ needs: "execute" });
    expect(parse(setIn("", ["a", "b"], 1))).toEqual({ a: { b: 1 } });
  });
});

describe("deleteIn", () => {
  it("takes the lines of an entry away and nothing else", () => {
    expect(deleteIn(text, ["on", "workflow_dispatch", "inputs", "two"])).toBe(
      text.replace("      two:\n        type: 'number' # kept\n", ""),
    );
    expect(deleteIn(text, ["nothing", "here"])).toBe(text);
  });

  it("takes an item of a list", () => {
    const changed = deleteIn(text, ["jobs", "execute", "steps", 0]);
    expect(parse(changed).jobs.execute.steps).toEqual([{ name: "second", run: "echo 3" }]);
    expect(changed).toContain("# before the second");
  });
});

describe("lists", () => {
  it("grow at the end, before comments that close them", () => {
    const changed = appendIn(text, ["jobs", "execute", "steps"], { run: "echo 4\necho 5\n" });
    expect(parse(changed).jobs.execute.steps).toHaveLength(3);
    expect(
      changed
        .replace("        - run: |\n            echo 4\n            echo 5\n", "")
        .replace("        - run: |\n            echo 1", "X"),
    ).toBe(text.replace("        - run: |\n            echo 1", "X"));
  });

  it("change one item and keep the others' bytes", () => {
    const changed = replaceItem(text, ["jobs", "execute", "steps"], 1, { run: "true" });
    expect(changed).toBe(text.replace("- name: second\n          run: echo 3", '- run: "true"'));
  });
});

describe("any document", () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9 :#'"-]{0,12}$/);
  const key = fc.stringMatching(/^[a-z]{1,6}$/);
  const value = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      word,
      fc.integer(),
      fc.boolean(),
      fc.constant("a\nb\n"),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(key, tie("any"), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).any;
  const map = fc.dictionary(key, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true });

  it("holds what was set, wherever it was set", () => {
    fc.assert(
      fc.property(map, fc.array(key, { minLength: 1, maxLength: 3 }), value, (before, path, next) => {
        const written = setIn(setIn("", [], before), path, next);
        const found = path.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], parse(written));
        expect(found).toEqual(next);
        expect(setIn(written, path, next)).toBe(written);
      }),
      { numRuns: 300 },
    );
  });

  it("loses only what was deleted", () => {
    fc.assert(
      fc.property(map, key, value, (before, name, added) => {
        const { [name]: _, ...rest } = before;
        const start = setIn("", [], { first: 1, ...rest });
        expect(parse(deleteIn(setIn(start, [name], added), [name]))).toEqual({ first: 1, ...rest });
      }),
      { numRuns: 200 },
    );
  });
});
