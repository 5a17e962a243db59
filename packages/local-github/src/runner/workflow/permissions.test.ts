import { expect, it } from "vitest";
import { narrow, readPermissions } from "./permissions.ts";

it.each([
  [undefined, null],
  [{}, { metadata: "read" }],
  [
    { "id-token": "write", contents: "read", issues: "none" },
    { "id-token": "write", contents: "read", metadata: "read" },
  ],
])("reads %j", (node, expected) => {
  expect(readPermissions(node)).toEqual(expected);
});

it("never gives an identity token by read-all, but by write-all", () => {
  expect(readPermissions("read-all")).not.toHaveProperty("id-token");
  expect(readPermissions("write-all")).toMatchObject({ "id-token": "write", models: "read", contents: "write" });
});

it("gives a called workflow no more than its caller has", () => {
  const caller = { contents: "read", issues: "write", metadata: "read" } as const;
  expect(narrow({ contents: "write", issues: "read", "id-token": "write" }, caller)).toEqual({
    contents: "read",
    issues: "read",
  });
});
