import type { Log } from "@infraskill/platform/logger";
import type { Db } from "./database/connect.ts";
import type { Counters } from "./executions/counters.ts";
import type { SeenExecutions } from "./executions/seen.ts";
import type { Terms } from "./executions/terms.ts";
import type { LogStores } from "./logs/stores/create-stores.ts";

/** What every route and chore of the registry works with. */
export type Context = Terms & {
  readonly db: Db;
  readonly log: Log;
  readonly counters: Counters;
  readonly seen: SeenExecutions;
  readonly logs: LogStores;
  readonly retention_days: {
    readonly logs: number;
    readonly deliveries: number;
    readonly failed_deliveries: number;
    readonly keys: number;
  };
  /** `owner/name` that holds the skills: runs of other repositories prove nothing. */
  readonly repository: string;
  /** Called after a commit that changed something live events tell. */
  readonly announce: () => void;
  readonly newId: () => string;
};
