import { prepareBrowser } from "./browser.mjs";
import { runChild } from "./child.mjs";
import { buildConsole } from "./console.mjs";

/** Hands over to a program below dev/src, which gets every argument and is told when it shall stop. */
export function runProgram(name) {
  return async ({ root, env, args }) => {
    const main = [`dev/src/${name}/main.ts`, ...args];
    const { code } = await runChild("node", main, { cwd: root, env, output: "inherit", stop: "process" });
    return code;
  };
}

/** The same for a program that looks at the console: it is built and there is a browser. */
export function runBrowserProgram(name) {
  const run = runProgram(name);
  return async ({ root, env, args, progress }) => {
    await buildConsole({ root, env, progress });
    const browser = await prepareBrowser({ root, env, progress });
    return run({ root, env: { ...env, ...browser }, args });
  };
}
