import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StartOptions } from "../src/start/options.ts";
import type { Addresses, ServicePlan } from "../src/start/system.ts";

/** A service that only answers on its port, and ends on SIGTERM. */
const answering = `
  import { createServer } from "node:http";
  const server = createServer((request, answer) => answer.end("ok")).listen(Number(process.env.FAKE_PORT), "127.0.0.1");
  process.on("SIGTERM", () => server.close(() => process.exit(0)));
`;
const broken = `console.log(JSON.stringify({ level: "fatal", msg: "REDIS_URL is not set" })); process.exit(78);`;

/** Two services that do nothing, in place of those of infraskill; or one of them broken. */
export function planFakes(folder: string, { with_broken = false } = {}) {
  writeFileSync(join(folder, "fake.mjs"), answering);
  writeFileSync(join(folder, "broken.mjs"), broken);
  return (addresses: Addresses): ServicePlan[] => [
    planFake(join(folder, "fake.mjs"), "registry", addresses.registry_port, 2),
    planFake(join(folder, with_broken ? "broken.mjs" : "fake.mjs"), "gateway", addresses.gateway_port, 1),
  ];
}

function planFake(main: string, name: string, port: number, stage: number): ServicePlan {
  return { name, main, young_mb: 8, stage, ready_url: `http://127.0.0.1:${port}/`, env: { FAKE_PORT: String(port) } };
}

export function fakeOptions(data_dir: string, redis_url?: string): StartOptions {
  return {
    data_dir,
    help: false,
    verbose: false,
    started_at: Date.now(),
    variables: {
      INFRASKILL_DATA_DIR: data_dir,
      GATEWAY_PORT: 0,
      LOCAL_GITHUB_PORT: 0,
      CALLBACK_MODE: "oidc",
      ...(redis_url === undefined ? {} : { REDIS_URL: redis_url }),
    },
  };
}
