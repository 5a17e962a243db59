import { runChild } from "./child.mjs";

/** Hands over to a program below dev/src, which gets every argument and is told when it shall stop. */
export function runProgram(name) {
  return async ({ root, env, args }) => {
    const main = [`dev/src/${name}/main.ts`, ...args];
    const { code } = await runChild("node", main, { cwd: root, env, output: "inherit", stop: "process" });
    return code;
  };
}
