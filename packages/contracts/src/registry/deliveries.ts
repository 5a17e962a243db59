import { z } from "zod";
import { Delivery } from "../delivery.ts";
import type { Endpoints } from "../endpoint.ts";
import { pageOf } from "../page.ts";
import { DeliveryQuery } from "../queries.ts";
import { ByRow } from "../refs.ts";
import { Applied, Jobs, reads, writes } from "./answers.ts";
import { DeliveryWork } from "./work.ts";
import { DeliveryOutcome } from "../worker-events.ts";

/** Inbound messages, and the work they owe. */
export const deliveryEndpoints = {
  acceptWebhook: {
    method: "POST",
    path: "/internal/webhooks",
    summary: "Keep a webhook whose signature holds; the body is the raw body (application/octet-stream)",
    access: "service",
    body: z.custom<Uint8Array<ArrayBuffer>>((body) => body instanceof Uint8Array),
    headers: z.object({ "x-github-event": z.string().max(100), "x-github-delivery": z.string().max(100) }),
    answers: { 202: z.object({ duplicate: z.boolean(), jobs: Jobs }) },
    problems: [...writes, "too_large"],
  },
  listDeliveries: {
    method: "GET",
    path: "/internal/deliveries",
    summary: "Inbound messages, newest first",
    access: "service",
    query: DeliveryQuery,
    answers: { 200: pageOf(Delivery) },
    problems: reads,
  },
  missingDeliveries: {
    method: "POST",
    path: "/internal/deliveries/missing",
    summary: "Which of these webhooks were never kept",
    access: "service",
    body: z.strictObject({ guids: z.array(z.string().max(100)).max(1_000) }),
    answers: { 200: z.object({ guids: z.array(z.string()) }) },
    problems: writes,
  },
  replayDelivery: {
    method: "POST",
    path: "/internal/deliveries/{id}/replay",
    summary: "Owe the reading of a failed delivery again",
    access: "service",
    params: ByRow,
    body: z.strictObject({ actor: z.string() }),
    answers: { 202: z.object({ delivery: Delivery, jobs: Jobs }) },
    problems: [...writes, "wrong_state"],
  },
  deliveryWork: {
    method: "GET",
    path: "/internal/deliveries/{id}",
    summary: "What a worker needs to read a delivery",
    access: "service",
    params: ByRow,
    answers: { 200: DeliveryWork },
    problems: reads,
  },
  reportDelivery: {
    method: "POST",
    path: "/internal/deliveries/{id}/outcome",
    summary: "What came of a delivery",
    access: "service",
    params: ByRow,
    body: z.strictObject({ version: z.number().int(), outcome: DeliveryOutcome }),
    answers: { 200: Applied },
    problems: writes,
  },
} as const satisfies Endpoints;
