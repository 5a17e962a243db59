import { apiDocument } from "@infraskill/gateway/src/openapi/api-document.ts";
import { checksPage } from "./checks-page.ts";
import { problemsPage } from "./problems-page.ts";
import { queuesPage } from "./queues-page.ts";
import { rulePagesByName } from "./rule-pages.ts";
import { stateMachinesPage } from "./state-machines-page.ts";
import { variablesPage } from "./variables-page.ts";

/** Every generated page by its path in docs. */
export async function generatedPages(): Promise<Record<string, string>> {
  return {
    "generated/openapi.json": `${JSON.stringify(apiDocument(), null, 2)}\n`,
    "generated/problems.md": problemsPage(),
    "generated/queues.md": queuesPage(),
    "generated/state-machines.md": stateMachinesPage(),
    "generated/variables.md": variablesPage(),
    "checks.md": await checksPage(),
    ...rulePagesByName(),
  };
}
