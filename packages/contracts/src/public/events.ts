import { z } from "zod";
import type { Endpoints } from "../endpoint.ts";
import { LiveEvent } from "../live-event.ts";

/** What comes in from GitHub, and what goes out as it happens. */
export const publicEventEndpoints = {
  githubWebhook: {
    method: "POST",
    path: "/webhooks/github",
    summary: "GitHub's webhooks, proved by their signature",
    access: "proof",
    answers: { 202: z.object({ accepted: z.literal(true).meta({ description: "It is kept, or nobody needs it." }) }) },
    problems: ["bad_proof", "malformed", "too_large", "unsupported_media_type", "unavailable"],
  },
  events: {
    method: "GET",
    path: "/api/events",
    summary: "Live events (text/event-stream); Last-Event-ID resumes without a gap",
    access: "viewer",
    headers: z.object({
      "last-event-id": z.coerce.number().int().min(0).optional().meta({ description: "The last id that was seen." }),
    }),
    answers: { 200: LiveEvent },
    problems: ["unauthenticated", "malformed", "unavailable"],
  },
} as const satisfies Endpoints;
