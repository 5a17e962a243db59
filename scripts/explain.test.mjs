import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { explain } from "./explain.mjs";

test.for([
  ["EACCES", "you may not write there"],
  ["EROFS", "it is read-only"],
  ["ENOSPC", "the disk is full"],
])("a file that cannot be written (%s) is told by its place and the way out", ([code, reason]) => {
  const text = explain(Object.assign(new Error("mkdir failed"), { code, path: "/clone/.infraskill" }));
  expect(text).toContain(`Cannot write /clone/.infraskill: ${reason}.`);
  expect(text).toContain("INFRASKILL_DATA_DIR");
});

test("any other error speaks for itself", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "explain-")), "file");
  await writeFile(file, "");
  const error = await mkdir(join(file, "below")).catch((one) => one);
  expect(explain(error)).toContain("ENOTDIR");
});
