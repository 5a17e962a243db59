import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identifyProcess } from "@infraskill/embedded/process-identity";
import { until } from "@infraskill/testing/until";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EmbeddedSystem } from "../src/start/embedded-system.ts";
import { readEndpoints } from "../src/start/endpoints-file.ts";
import { readRunning } from "../src/start/running.ts";
import { fakeOptions, planFakes } from "./fake-system.ts";

const root = join(import.meta.dirname, "../..");
let folder: string;
let data_dir: string;
let printed: string[];
let systems: EmbeddedSystem[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-start-"));
  data_dir = join(folder, "data");
  printed = [];
  systems = [];
});

afterEach(async () => {
  for (const system of systems) await system.stop();
  await rm(folder, { recursive: true, force: true });
});

function createSystem({ with_broken = false } = {}): EmbeddedSystem {
  const surroundings = {
    root,
    env: process.env,
    print: (text: string) => printed.push(text),
    colour: false,
    plan: planFakes(folder, { with_broken }),
  };
  const system = new EmbeddedSystem(fakeOptions(data_dir), surroundings);
  systems.push(system);
  return system;
}

const isGone = async (pid: number) => (await identifyProcess(pid)) === undefined;
const areGone = async (pids: readonly number[]) => (await Promise.all(pids.map(isGone))).every(Boolean);

test("says where everything is, to people and in a file only they may read, and leaves nothing running", async () => {
  const system = createSystem();
  const endpoints = await system.start();

  expect(Object.keys(endpoints.processes).sort()).toEqual(["gateway", "postgres", "redis", "registry"]);
  expect(readEndpoints(data_dir)).toEqual(endpoints);
  expect((await stat(join(data_dir, "endpoints.json"))).mode & 0o777).toBe(0o600);
  expect(await (await fetch(endpoints.gateway_url)).text()).toBe("ok");
  const text = printed.join("\n");
  expect(text).toContain(endpoints.gateway_url);
  expect(text).toContain(endpoints.admin_token);
  expect(text).toContain("Skills run on this machine");

  await system.stop();
  expect(await areGone(Object.values(endpoints.processes))).toBe(true);
  expect(existsSync(join(data_dir, "endpoints.json"))).toBe(false);
  expect(readRunning(data_dir)).toBeUndefined();
});

test("a second start has the credentials and addresses of the first", async () => {
  const system = createSystem();
  const first = await system.start();
  await system.stop();
  const second = await createSystem().start();
  expect(second.admin_token).toBe(first.admin_token);
  expect(second.gateway_url).toBe(first.gateway_url);
});

test("whatever is killed is up again within a second or so at the same place, and the file says so", async () => {
  const before = await createSystem().start();
  for (const pid of Object.values(before.processes)) process.kill(pid, "SIGKILL");

  const after = await until(
    () => {
      const now = readEndpoints(data_dir);
      const names = Object.keys(before.processes);
      return now !== undefined &&
        names.every((name) => (now.processes[name] ?? before.processes[name]) !== before.processes[name])
        ? now
        : undefined;
    },
    { what: "every process again" },
  );
  expect(after.gateway_url).toBe(before.gateway_url);
  expect(after.database_url).toBe(before.database_url);
  await until(async () => (await fetch(after.gateway_url)).ok, { what: "the gateway's answer" });
});

test("a second start with the same data is refused while the first one lives", async () => {
  const program = runElsewhere();
  const pids = await program.ready;
  await expect(createSystem().start()).rejects.toThrow(`already runs with the data in ${data_dir}`);
  expect(await areGone(pids)).toBe(false);
  program.child.kill("SIGKILL");
  await until(() => areGone(pids), { what: "the end of what a killed start left" });
});

test("what a killed start left is stopped by the next one, if nobody else has", async () => {
  const program = runElsewhere();
  const pids = await program.ready;
  program.child.kill("SIGKILL");
  await once(program.child, "exit");
  const endpoints = await createSystem().start();
  expect(await areGone(pids)).toBe(true);
  expect(await (await fetch(endpoints.gateway_url)).text()).toBe("ok");
});

test("a service that cannot be configured ends the start with what it said", async () => {
  const system = createSystem({ with_broken: true });
  await expect(system.start()).rejects.toThrow("gateway ended with 78.");
  expect(printed.join("\n")).toContain("REDIS_URL is not set");
  await system.stop();
  expect(readRunning(data_dir)).toBeUndefined();
});

/** The same system in a process of its own, which can be killed. */
function runElsewhere() {
  const at = (file: string) => JSON.stringify(join(import.meta.dirname, file));
  const program = `
    import { EmbeddedSystem } from ${at("../src/start/embedded-system.ts")};
    import { fakeOptions, planFakes } from ${at("fake-system.ts")};
    const surroundings = { root: ${at("../..")}, env: process.env, print: () => undefined, colour: false, plan: planFakes(${JSON.stringify(folder)}) };
    const { processes } = await new EmbeddedSystem(fakeOptions(${JSON.stringify(data_dir)}), surroundings).start();
    console.log(JSON.stringify(Object.values(processes)));
  `;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ready = once(child.stdout, "data").then(([line]) => JSON.parse(String(line)) as number[]);
  return { child, ready };
}
