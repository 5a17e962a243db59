import type { Endpoints } from "../endpoint.ts";
import { Delivery } from "../delivery.ts";
import { Ops } from "../ops.ts";
import { pageOf } from "../page.ts";
import { DeliveryQuery } from "../queries.ts";
import { ByRow } from "../refs.ts";
import { read } from "./problems.ts";

/** For those who run infraskill. */
export const publicOpsEndpoints = {
  ops: {
    method: "GET",
    path: "/api/ops",
    summary: "Queues, deliveries, chores, GitHub's rate limit, versions",
    access: "viewer",
    answers: { 200: Ops },
    problems: ["unauthenticated", "unavailable"],
  },
  listDeliveries: {
    method: "GET",
    path: "/api/deliveries",
    summary: "Webhooks and callbacks that came in, newest first",
    access: "admin",
    query: DeliveryQuery,
    answers: { 200: pageOf(Delivery) },
    problems: read,
  },
  replayDelivery: {
    method: "POST",
    path: "/api/deliveries/{id}/replay",
    summary: "Read a failed delivery again",
    access: "admin",
    params: ByRow,
    answers: { 202: Delivery },
    problems: [...read, "wrong_state"],
  },
} as const satisfies Endpoints;
