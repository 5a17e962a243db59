import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ConfigError, flag, integer, list, pem, port, readConfig, secret, url } from "./config.ts";

const Schema = z.object({
  GATEWAY_PORT: port().default(3000),
  DATABASE_URL: url(["postgres:", "postgresql:"]).describe("where Postgres is"),
  PUBLIC_URL: url().optional(),
  TOKEN: secret(16),
  VERBOSE: flag().default(false),
  QUEUES: list(["a", "b"]).optional(),
  CONCURRENCY: integer({ min: 1, max: 64 }).default(8),
});

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(Schema, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

const good = { DATABASE_URL: "postgres://u:p@h/db", TOKEN: "0123456789abcdef" };

describe("readConfig", () => {
  it("types what is set and fills in defaults", () => {
    const env = {
      ...good,
      PUBLIC_URL: "https://x.test/",
      QUEUES: "a, b,",
      VERBOSE: "Yes",
      GATEWAY_PORT: "0",
      HOME: "/",
    };
    expect(readConfig(Schema, env)).toEqual({
      GATEWAY_PORT: 0,
      DATABASE_URL: "postgres://u:p@h/db",
      PUBLIC_URL: "https://x.test",
      TOKEN: "0123456789abcdef",
      VERBOSE: true,
      QUEUES: ["a", "b"],
      CONCURRENCY: 8,
    });
  });

  it("reports every fault at once, by name, and never a value", () => {
    const faults = faultsOf({
      DATABASE_URL: "",
      TOKEN: "hunter2",
      GATEWAY_PORT: "70000",
      QUEUES: "a,zzz",
      VERBOSE: "perhaps",
    });
    expect(faults).toEqual([
      "GATEWAY_PORT must be a whole number from 0 to 65535",
      "DATABASE_URL is not set: where Postgres is",
      "TOKEN must have at least 16 characters",
      "VERBOSE must be true or false",
      "QUEUES may only name a, b",
    ]);
    expect(faults.join()).not.toMatch(/hunter2|zzz|perhaps/);
  });

  it.each([["mysql://h/db"], ["h/db"], ["postgres"]])("refuses %s as a Postgres address", (address) => {
    expect(faultsOf({ ...good, DATABASE_URL: address })).toEqual([
      "DATABASE_URL must be a URL starting with postgres:// or postgresql://",
    ]);
  });

  it("accepts a PEM key on one line", () => {
    const text = String.raw`-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----\n`;
    expect(readConfig(z.object({ KEY: pem() }), { KEY: text }).KEY).toBe(
      "-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----",
    );
  });
});
