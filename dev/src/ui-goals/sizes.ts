import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Figure } from "./goal.ts";

const Sizes = z.array(z.object({ name: z.string(), kilobytes: z.number(), budget: z.number() }));

/** What the console's build weighed; it fails by itself above the same budgets. */
export async function measureSizes(): Promise<Figure[]> {
  const file = join(import.meta.dirname, "../../../services/console/dist/.sizes.json");
  const sizes = Sizes.parse(JSON.parse(await readFile(file, "utf8")));
  return sizes.map(({ name, kilobytes, budget }) => ({
    goal: `size of ${name}`,
    value: kilobytes,
    unit: "kB gzip",
    bound: budget,
    better: "less",
  }));
}
