import { parseArgs } from "node:util";
import { type CallbackMode, callbackModes } from "@infraskill/contracts/callback-mode";
import { formats, type FormatName } from "./formats.ts";

const thresholds = ["error", "warning", "info", "never"] as const;

export type CheckArguments = {
  readonly files: readonly string[];
  readonly fix: boolean;
  readonly format: FormatName;
  readonly fail_on: (typeof thresholds)[number];
  readonly actionlint: boolean;
  readonly actionlint_path: string | undefined;
  readonly callback_mode: CallbackMode;
};

export type Arguments =
  | { command: "check"; check: CheckArguments }
  | { command: "version"; actionlint_path: string | undefined }
  | { command: "help" }
  | { command: "wrong"; why: string };

export function readArguments(argv: readonly string[]): Arguments {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        fix: { type: "boolean", default: false },
        format: { type: "string", default: "text" },
        "fail-on": { type: "string", default: "error" },
        actionlint: { type: "string" },
        "no-actionlint": { type: "boolean", default: false },
        "callback-mode": { type: "string", default: "oidc" },
        version: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    return { command: "wrong", why: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  const [command, ...files] = positionals;
  if (values.help || (command === undefined && argv.length === 0)) return { command: "help" };
  const { actionlint: actionlint_path } = values;
  if (values.version) return { command: "version", actionlint_path };
  if (command !== "check") return { command: "wrong", why: `Unknown command: ${command ?? "none given"}` };
  if (files.length === 0) return { command: "wrong", why: "No files given" };
  const format = Object.keys(formats).find((name): name is FormatName => name === values.format);
  if (format === undefined) return { command: "wrong", why: `Unknown format: ${values.format}` };
  const fail_on = thresholds.find((threshold) => threshold === values["fail-on"]);
  if (fail_on === undefined) return { command: "wrong", why: `Unknown severity: ${values["fail-on"]}` };
  const callback_mode = callbackModes.find((mode) => mode === values["callback-mode"]);
  if (callback_mode === undefined) return { command: "wrong", why: `Unknown mode: ${values["callback-mode"]}` };
  const actionlint = !values["no-actionlint"];
  const { fix } = values;
  return { command: "check", check: { files, fix, format, fail_on, actionlint, actionlint_path, callback_mode } };
}
