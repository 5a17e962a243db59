import { expect, test } from "vitest";
import { parseDiff } from "./diff.ts";

const sha = (letter: string) => letter.repeat(40);

test("an added, a renamed and a binary file come out of one diff", () => {
  const records = [
    `:000000 100644 ${sha("0")} ${sha("a")} A\0new file.txt\0`,
    `:100644 100644 ${sha("b")} ${sha("c")} R090\0old.txt\0moved.txt\0`,
    `:100644 100644 ${sha("d")} ${sha("e")} M\0image.png\0`,
    "2\t0\tnew file.txt\0",
    "1\t1\t\0old.txt\0moved.txt\0",
    "-\t-\timage.png\0",
    "\0",
  ].join("");
  const patch = [
    "diff --git a/new file.txt b/new file.txt\nnew file mode 100644\n--- /dev/null\n+++ b/new file.txt\n@@ -0,0 +1,2 @@\n+one\n+two\n",
    "diff --git a/old.txt b/moved.txt\nrename from old.txt\n--- a/old.txt\n+++ b/moved.txt\n@@ -1 +1 @@\n-x\n+y\n",
    "diff --git a/image.png b/image.png\nBinary files differ\n",
  ].join("");
  expect(parseDiff(records + patch)).toEqual([
    {
      filename: "new file.txt",
      previous_filename: null,
      status: "added",
      sha: sha("a"),
      additions: 2,
      deletions: 0,
      patch: "@@ -0,0 +1,2 @@\n+one\n+two",
    },
    {
      filename: "moved.txt",
      previous_filename: "old.txt",
      status: "renamed",
      sha: sha("c"),
      additions: 1,
      deletions: 1,
      patch: "@@ -1 +1 @@\n-x\n+y",
    },
    {
      filename: "image.png",
      previous_filename: null,
      status: "modified",
      sha: sha("e"),
      additions: 0,
      deletions: 0,
      patch: undefined,
    },
  ]);
});

test("nothing changed gives nothing", () => {
  expect(parseDiff("")).toEqual([]);
});
