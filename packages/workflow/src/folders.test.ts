import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const order = [...readme.matchAll(/^\| (`[\w-]+\/`.*?) +\|/gm)].flatMap(([, cell]) =>
  [...cell!.matchAll(/`([\w-]+)\/`/g)].map(([, folder]) => folder!),
);
const files = globSync("*/*.ts", { cwd: import.meta.dirname }).filter((file) => !/\.test\.ts$|\/test-/.test(file));

it("builds each folder on those above it in the README alone", () => {
  const wrong = files.flatMap((file) => {
    const [own] = file.split("/");
    const imports = readFileSync(join(import.meta.dirname, file), "utf8").matchAll(/ from "\.\.\/([^/"]+)/g);
    return [...imports].flatMap(([, other]) => {
      const isAbove = order.includes(other!) && order.indexOf(other!) < order.indexOf(own!);
      return isAbove ? [] : [`${file} imports ${other}`];
    });
  });
  expect(order.length).toBeGreaterThan(10);
  expect(files.map((file) => file.split("/")[0]).filter((folder) => !order.includes(folder!))).toEqual([]);
  expect(wrong).toEqual([]);
});
