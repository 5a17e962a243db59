import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * Lets one file of this process be loaded with other text.
 * @param ending how the file's URL ends
 * @throws Error at load when the file no longer holds what is to be replaced
 */
export function replaceText(ending: string, old_text: string, new_text: string): void {
  registerHooks({
    load: (url, context, nextLoad) => {
      if (!url.endsWith(ending)) return nextLoad(url, context);
      const text = readFileSync(fileURLToPath(url), "utf8");
      if (!text.includes(old_text)) throw new Error(`${ending} no longer holds: ${old_text}`);
      return { format: "module-typescript", shortCircuit: true, source: text.replace(old_text, new_text) };
    },
  });
}
