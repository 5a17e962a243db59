import { expect, it } from "vitest";
import grammar from "../layers/github-schema.json" with { type: "json" };
import { tokenPermissions } from "./token-permissions.ts";

const accesses: Readonly<Record<string, readonly string[]>> = {
  "permission-level-any": ["read", "write"],
  "permission-level-read-or-no-access": ["read"],
  "permission-level-write-or-no-access": ["write"],
};

it("are those of GitHub's grammar", () => {
  const declared = Object.entries(grammar.definitions["permissions-mapping"].mapping.properties);
  expect(tokenPermissions).toEqual(Object.fromEntries(declared.map(([scope, { type }]) => [scope, accesses[type]])));
});
