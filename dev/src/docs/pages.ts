import { apiDocument } from "@infraskill/gateway/src/openapi/api-document.ts";
import { problemsPage } from "./problems-page.ts";
import { queuesPage } from "./queues-page.ts";
import { stateMachinesPage } from "./state-machines-page.ts";
import { variablesPage } from "./variables-page.ts";

/** Every generated page by its file name. */
export function generatedPages(): Record<string, string> {
  return {
    "openapi.json": `${JSON.stringify(apiDocument(), null, 2)}\n`,
    "problems.md": problemsPage(),
    "queues.md": queuesPage(),
    "state-machines.md": stateMachinesPage(),
    "variables.md": variablesPage(),
  };
}
