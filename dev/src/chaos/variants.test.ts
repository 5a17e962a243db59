import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { brokenVariants, nodeOptions, variants } from "./variants.ts";

const root = join(import.meta.dirname, "../../..");

it.each(brokenVariants)("%s changes the file as it is today", async (variant) => {
  const patched = pathToFileURL(join(root, variants[variant].patched)).href;
  const code = `await import(${JSON.stringify(patched)})`;
  const load = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], {
    env: { ...process.env, NODE_OPTIONS: nodeOptions(variant) },
  });
  await expect(load).resolves.toMatchObject({ stderr: "" });
});
