import { type Answer, createClient } from "@infraskill/client/client";
import type { Endpoint } from "@infraskill/contracts/endpoint";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { reportSignedOut } from "../session/signed-out.ts";
import { Refused } from "./refused.ts";

/** Every call goes to the console's own origin with the session cookie. */
export const api = createClient(publicEndpoints, {
  base_url: "",
  timeout_ms: 20_000,
  headers: { accept: "application/json" },
});

/** The body of a success. A refusal is thrown, which is how queries and mutations take it; a lost session leads to the sign-in page. */
export async function bodyOf<E extends Endpoint>(call: Promise<Answer<E>>) {
  const answer = await call;
  if (answer.ok) return answer.body;
  if (answer.status === 401) reportSignedOut();
  throw new Refused(answer.problem);
}
