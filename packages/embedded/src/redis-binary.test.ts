import { expect, test } from "vitest";
import { usableVersion } from "./redis-binary.ts";

test.for([
  ["Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=1", "7.0.15"],
  ["Valkey server v=8.1.3 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=2", "8.1.3"],
  ["Redis server v=6.2.0 sha=00000000:0", "6.2.0"],
  ["Redis server v=8.0-rc1 sha=00000000:0", "8.0-rc1"],
  ["Redis server v=6.0.16 sha=00000000:0", undefined],
  ["Redis server v=5.9.9 sha=00000000:0", undefined],
  ["something else", undefined],
])("%s is usable as %s", ([output, version]) => {
  expect(usableVersion(output ?? "")).toBe(version);
});
