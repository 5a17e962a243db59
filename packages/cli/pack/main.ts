import { resolve } from "node:path";
import { packCli } from "./pack.ts";

const usage = `node packages/cli/pack/main.ts [FOLDER]

Makes infraskill-<version>.tgz in a folder (by default this one): the checks as one package without dependencies.
`;

const [folder = ".", ...more] = process.argv.slice(2);
if (folder === "--help" || folder === "-h") process.stdout.write(usage);
else if (folder.startsWith("-") || more.length > 0) {
  process.stderr.write(`It takes one folder and no options.\n\n${usage}`);
  process.exitCode = 2;
} else {
  try {
    process.stdout.write(`${await packCli(resolve(folder))}\n`);
  } catch (error) {
    process.stderr.write(`The package was not made: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
