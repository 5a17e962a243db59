import { z } from "zod";
import { Validation } from "./diagnostic.ts";
import type { Endpoints } from "./endpoint.ts";
import { TextToCheck } from "./skill.ts";

/** The validator's private HTTP API: a text is checked at once, nothing is kept. */
export const validatorEndpoints = {
  validate: {
    method: "POST",
    path: "/internal/validate",
    summary: "Check a text",
    access: "service",
    body: TextToCheck,
    answers: { 200: Validation },
    problems: ["malformed", "unauthenticated", "refused", "too_large", "unavailable"],
  },
  about: {
    method: "GET",
    path: "/internal/about",
    summary: "What it checks with",
    access: "service",
    answers: { 200: z.object({ actionlint_version: z.string() }) },
    problems: ["unauthenticated", "unavailable"],
  },
} as const satisfies Endpoints;
