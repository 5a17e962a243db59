import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const contracts = fileURLToPath(new URL("../../../packages/contracts/src/", import.meta.url));
const words = /\b(?:description|summary):\s*"(?:[^"\\]|\\.)*",?/g;

/** Leaves out what the contracts say of their routes and fields: that is for the API's description, which the server makes. */
export function slimContracts(): Plugin {
  return {
    name: "slim-contracts",
    enforce: "pre",
    transform: (code, id) => (id.startsWith(contracts) ? { code: code.replaceAll(words, ""), map: null } : undefined),
  };
}
