import { expect, test } from "vitest";
import { packagesToUnpack } from "./redis-by-apt.ts";

test("takes Redis and the libraries that are missing, not what only an installation needs", () => {
  const simulation = [
    "NOTE: This is only a simulation!",
    "Inst adduser (3.134 Debian:12.15/oldstable [all])",
    "Inst libjemalloc2 (5.3.0-1 Debian:12.15/oldstable [amd64])",
    "Inst lua-cjson (2.1.0 Debian:12.15/oldstable [amd64])",
    "Inst redis-tools (5:7.0.15-1~deb12u7 Debian:12.15/oldstable [amd64])",
    "Inst redis-server (5:7.0.15-1~deb12u7 Debian:12.15/oldstable [amd64])",
    "Conf libjemalloc2 (5.3.0-1 Debian:12.15/oldstable [amd64])",
  ].join("\n");
  expect(packagesToUnpack(simulation)).toEqual(["libjemalloc2", "lua-cjson", "redis-tools", "redis-server"]);
});

test("falls back on what Debian 12 needs", () => {
  expect(packagesToUnpack("")).toContain("redis-tools");
});
