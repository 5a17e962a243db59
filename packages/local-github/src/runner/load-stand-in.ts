import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { StandIn } from "./job/stand-in.ts";

/** @param path of a module that exports `stand_in`. @throws Error when it has none */
export async function loadStandIn(path: string): Promise<StandIn> {
  const module = (await import(pathToFileURL(resolve(path)).href)) as { stand_in?: StandIn };
  if (module.stand_in === undefined) throw new Error(`${path} exports no stand_in`);
  return module.stand_in;
}
