import { Problem } from "@infraskill/contracts/problem";
import { reportSignedOut } from "../session/signed-out.ts";
import { Refused } from "./refused.ts";

/** A success of the API for what the typed client does not read. A refusal is thrown as by `bodyOf`. */
export async function readAnswer(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init);
  if (response.ok) return response;
  if (response.status === 401) reportSignedOut();
  throw new Refused(Problem.parse(await response.json()));
}
