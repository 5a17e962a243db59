import { HttpError } from "../rest/http-error.ts";
import { fault_kinds, type Fault, type FaultKind } from "./faults.ts";

/** Reads a fault as the admin API and the configuration file give it. */
export function readFault(body: Readonly<Record<string, unknown>>): Partial<Fault> & { kind: FaultKind } {
  const kind = fault_kinds.find((known) => known === body["kind"]);
  if (kind === undefined) throw new HttpError(422, `kind must be one of ${fault_kinds.join(", ")}`);
  for (const name of ["path", "match"]) {
    try {
      if (typeof body[name] === "string") new RegExp(body[name]).test("");
    } catch {
      throw new HttpError(422, `${name} must be a regular expression`);
    }
  }
  return { ...body, kind };
}
