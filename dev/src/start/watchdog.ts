// Run when an embedded start has died, however it died: stops what it left. An orderly stop leaves nothing.
import { stopLeftovers } from "./cleanup.ts";
import { readRunning } from "./running.ts";

const [data_dir, supervisor] = process.argv.slice(2);
// A newer start of the same data directory has looked after everything.
if (data_dir !== undefined && readRunning(data_dir)?.supervisor.pid === Number(supervisor)) {
  await stopLeftovers(data_dir);
}
