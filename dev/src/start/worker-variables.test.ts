import { expect, test } from "vitest";
import { workerVariables } from "./worker-variables.ts";

const service = (name: string, env: Record<string, string>) => ({
  name,
  env,
  main: "",
  young_mb: 8 as const,
  ready_url: "",
  stage: 1,
});

test("one more worker is told what the workers are, and takes no port of theirs", () => {
  const services = [
    service("gateway", { GITHUB_WEBHOOK_SECRET: "hush" }),
    service("validator", { REDIS_URL: "redis://here", VALIDATOR_PORT: "3020" }),
    service("executor", { REDIS_URL: "redis://here", PUBLIC_URL: "http://gateway", HEALTH_PORT: "8080" }),
  ];
  expect(workerVariables(services)).toEqual({
    REDIS_URL: "redis://here",
    PUBLIC_URL: "http://gateway",
    VALIDATOR_PORT: "0",
    HEALTH_PORT: "0",
  });
});
