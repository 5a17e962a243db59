import { runService } from "@infraskill/platform/process";
import { readValidatorConfig } from "./config.ts";
import { start } from "./service.ts";

runService("validator", ({ log, env, crash }) => start(readValidatorConfig(env), { log, crash }));
