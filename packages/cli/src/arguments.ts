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
  | { command: "explain"; rule: string }
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
    // Node goes on about arguments that begin with a dash.
    return wrong(
      error instanceof Error ? error.message.replace(/\. To specify a positional argument.*$/s, "") : String(error),
    );
  }
  const { values, positionals } = parsed;
  const [command, ...files] = positionals;
  if (values.help || command === "help" || argv.length === 0) return { command: "help" };
  const { actionlint: actionlint_path } = values;
  if (values.version) return { command: "version", actionlint_path };
  if (command === "explain" && files.length === 1) return { command: "explain", rule: files[0]! };
  if (command === "explain") return wrong("Name one rule, such as: infraskill explain template-injection");
  if (command !== "check") return wrong(command === undefined ? "No command given" : `Unknown command: ${command}`);
  if (files.length === 0) return wrong("No files given; . stands for the workflows of this folder");
  const names = Object.keys(formats);
  const format = names.find((name): name is FormatName => name === values.format);
  if (format === undefined) return wrong(`Unknown format: ${values.format}; there are ${names.join(", ")}`);
  const fail_on = thresholds.find((threshold) => threshold === values["fail-on"]);
  if (fail_on === undefined) return wrong(`Unknown severity: ${values["fail-on"]}; there are ${thresholds.join(", ")}`);
  const callback_mode = callbackModes.find((mode) => mode === values["callback-mode"]);
  if (callback_mode === undefined)
    return wrong(`Unknown mode: ${values["callback-mode"]}; there are ${callbackModes.join(", ")}`);
  const actionlint = !values["no-actionlint"];
  const { fix } = values;
  return { command: "check", check: { files, fix, format, fail_on, actionlint, actionlint_path, callback_mode } };
}

function wrong(why: string): Arguments {
  return { command: "wrong", why };
}
