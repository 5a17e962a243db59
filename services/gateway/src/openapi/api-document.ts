import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import manifest from "../../package.json" with { type: "json" };
import { describeApi } from "./document.ts";
import type { Json } from "./schemas.ts";

/** What `/api/openapi.json` answers. */
export function apiDocument(): Json {
  return describeApi(publicEndpoints, {
    version: manifest.version,
    media_types: {
      createSkill: { location: true },
      executeSkill: { location: true },
      rerunExecution: { location: true },
      createTask: { location: true },
      getExecutionLogs: { answer: ["text/plain", "application/json"] },
      streamExecutionLogs: { answer: ["text/event-stream"] },
      events: { answer: ["text/event-stream"] },
      githubWebhook: { request: "application/json", proof: "signature" },
    },
  });
}
