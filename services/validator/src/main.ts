import { readConfig } from "@infraskill/platform/config";
import { runService } from "@infraskill/platform/process";
import { Config } from "./config.ts";
import { start } from "./service.ts";

runService("validator", ({ log, env, crash }) => start(readConfig(Config, env), { log, crash }));
