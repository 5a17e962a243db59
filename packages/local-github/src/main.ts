#!/usr/bin/env node
import { readConfig } from "./config.ts";
import { stderrLog } from "./log.ts";
import { startLocalGithub } from "./server.ts";

const read = readConfig(process.env);
if (!read.ok) {
  for (const { variable, problem } of read.faults) process.stderr.write(`${variable} ${problem}\n`);
  process.exit(2);
}
const log = stderrLog("warn");
try {
  const server = await startLocalGithub(read.config, log);
  const stop = () => {
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, "could not stop cleanly");
        process.exit(1);
      },
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.stdout.write(`${JSON.stringify({ ready: true, url: server.url, api_url: server.api_url })}\n`);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const { port, data_dir } = read.config;
  if (code === "EADDRINUSE")
    process.stderr.write(`Port ${port} is in use; LOCAL_GITHUB_PORT names another, 0 any free one.\n`);
  else if (message.includes(data_dir)) process.stderr.write(`${message}\n`);
  else log.error({ error }, "local GitHub could not start");
  process.exit(1);
}
