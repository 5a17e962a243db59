import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ProcessVariables } from "@infraskill/platform/process-variables";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { configurations } from "./variables-page.ts";

const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

const compose = parse(read("docker-compose.yml"), { merge: true }) as {
  services: Record<string, { environment: Record<string, unknown> }>;
};
/** Of the machine, not of infraskill. */
const machine = new Set(["PATH"]);
/** In a container the default is the right one, or an override gives it (docs/operations.md, Scaling). */
const left_alone = new Set([...machine, "QUEUES", "HEALTH_HOST", "CONSOLE_DIR", "ACTIONLINT_PATH", "TIME_SCALE"]);
/** Read before the service is, by the logger and by the image's entry point. */
const common = [...Object.keys(ProcessVariables.shape), "CREDENTIALS"];

describe.each(Object.entries(configurations))("%s", (service, { shape }) => {
  const variables = [...Object.keys(ProcessVariables.shape), ...Object.keys(shape)];

  it("has every variable in .env.example", () => {
    const example = read(".env.example");
    const missing = variables.filter(
      (name) => !machine.has(name) && !new RegExp(`^(?:# )?${name}=`, "m").test(example),
    );
    expect(missing).toEqual([]);
  });

  it("is told every variable by docker-compose.yml", () => {
    const told = Object.keys(compose.services[service]?.environment ?? {});
    expect(told).toEqual(expect.arrayContaining(variables.filter((name) => !left_alone.has(name))));
  });
});

it("gives no container a credential that its service does not read", () => {
  const credentials = /TOKEN|SECRET|KEY|DATABASE_URL/;
  const strays = Object.entries(configurations).flatMap(([service, { shape }]) =>
    Object.keys(compose.services[service]?.environment ?? {})
      .filter((name) => credentials.test(name) && !(name in shape))
      .map((name) => `${service}: ${name}`),
  );
  expect(strays).toEqual([]);
});

it("tells a container nothing that nobody reads", () => {
  const known = new Set([...common, ...Object.values(configurations).flatMap(({ shape }) => Object.keys(shape))]);
  const strays = Object.keys(configurations).flatMap((service) =>
    Object.keys(compose.services[service]?.environment ?? {}).filter((name) => !known.has(name)),
  );
  expect(strays).toEqual([]);
});
