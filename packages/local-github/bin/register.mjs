import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";

const own = new URL("../src/", import.meta.url).href;

// Node strips types only outside node_modules; an installed copy of this package has its own stripped here.
registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith(own) || !url.endsWith(".ts")) return nextLoad(url, context);
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), "utf8"));
    return { format: "module", source, shortCircuit: true };
  },
});
