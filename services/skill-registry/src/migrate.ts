import { readConfig, url } from "@infraskill/platform/config";
import { createLogger } from "@infraskill/platform/logger";
import { z } from "zod";
import { migrate } from "./database/migrate.ts";

const Config = z.object({ DATABASE_URL: url(["postgres:", "postgresql:"]) });
const log = createLogger({ service: "migrate" });

const { applied } = await migrate(readConfig(Config, process.env).DATABASE_URL);
log.info({ applied }, applied.length > 0 ? "Database migrated" : "Database is up to date");
