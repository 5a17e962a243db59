#!/usr/bin/env node
import { main } from "../src/main.ts";

process.exitCode = await main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  search_path: process.env.PATH ?? "",
  actionlint_path: process.env.ACTIONLINT_PATH,
  limit_ms: 10_000,
});
