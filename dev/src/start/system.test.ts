import { expect, test } from "vitest";
import { planServices, serviceEnvironment } from "./system.ts";

const addresses = {
  gateway_port: 3000,
  github_port: 3001,
  registry_port: 3002,
  validator_port: 3003,
  github_worker_health_port: 3004,
  executor_health_port: 3005,
  database_url: "postgres://127.0.0.1:5432/postgres",
  redis_url: "redis://127.0.0.1:6379",
};
const secrets = {
  admin_token: "isk_a",
  registry_token: "r",
  webhook_secret: "w",
  github_token: "ghp_g",
  callback_secret: "what-runs-sign-with",
};
const plans = planServices(addresses, secrets, "/data", "hmac");
const environments = Object.fromEntries(
  plans.map((plan) => {
    const caller = { PATH: "/bin", DATABASE_URL: "postgres://elsewhere", ADMIN_TOKEN: "isk_caller", TIME_SCALE: "0.1" };
    return [plan.name, serviceEnvironment(plan, plans, caller, { LOG_LEVEL: "info" })];
  }),
);
const having = (variable: string) => Object.keys(environments).filter((name) => variable in (environments[name] ?? {}));

test("every service gets what the caller has for all of them", () => {
  expect(having("PATH")).toHaveLength(plans.length);
  expect(having("TIME_SCALE")).toHaveLength(plans.length);
  expect(having("LOG_LEVEL")).toHaveLength(plans.length);
});

test("a credential reaches only those who need it, whatever the caller's own environment holds", () => {
  expect(having("DATABASE_URL")).toEqual(["skill-registry"]);
  expect(environments["skill-registry"]?.["DATABASE_URL"]).toBe(addresses.database_url);
  expect(having("CALLBACK_SECRET")).toEqual(["gateway"]);
  expect(having("LOCAL_GITHUB_SECRET_INFRASKILL_CALLBACK_SECRET")).toEqual(["local-github"]);
  expect(having("GITHUB_TOKEN")).toEqual(["github-worker", "executor"]);
  // It runs what skills say.
  const told = JSON.stringify(environments["local-github"]);
  expect(told).not.toContain("isk_");
  expect(told).not.toContain("REGISTRY_TOKEN");
});

test("nobody is told the secret that runs sign with where they prove themselves by OIDC", () => {
  expect(JSON.stringify(planServices(addresses, secrets, "/data"))).not.toContain(secrets.callback_secret);
});
