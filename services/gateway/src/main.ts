import { runService } from "@infraskill/platform/process";
import { readGatewayConfig } from "./config.ts";
import { start } from "./service.ts";

runService("gateway", ({ log, env }) => start(readGatewayConfig(env), log));
