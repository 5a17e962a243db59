import { z } from "zod";
import { ChoreOutcome, ChoreWork, workerChores } from "../chores.ts";
import type { Endpoints } from "../endpoint.ts";
import { RegistryOps } from "../ops.ts";
import { Applied, reads, writes } from "./answers.ts";

const ByChore = z.strictObject({ name: z.enum(workerChores) });

/** What is done again and again, and how everything stands. */
export const choreEndpoints = {
  choreWork: {
    method: "GET",
    path: "/internal/chores/{name}",
    summary: "What a worker needs to do a chore",
    access: "service",
    params: ByChore,
    answers: { 200: ChoreWork },
    problems: reads,
  },
  reportChore: {
    method: "POST",
    path: "/internal/chores/{name}/outcome",
    summary: "What came of a chore",
    access: "service",
    params: ByChore,
    body: z.strictObject({ version: z.number().int(), outcome: ChoreOutcome }),
    answers: { 200: Applied },
    problems: writes,
  },
  ops: {
    method: "GET",
    path: "/internal/ops",
    summary: "How the rows stand",
    access: "service",
    answers: { 200: RegistryOps },
    problems: reads,
  },
} as const satisfies Endpoints;
