import { evaluateTexts, interpolate, textOf } from "../expression/template.ts";
import { type Frame, scopeOf } from "../step/frame.ts";
import { report } from "../step/report.ts";
import { mapping } from "../workflow/read.ts";

/** `outputs:` and `environment.url`, which may look at the steps. */
export function finishOutputs(frame: Frame, last: number): void {
  const { session } = frame;
  const { record, model, run } = session;
  try {
    const scope = scopeOf(frame, "", {});
    let bytes = 0;
    for (const [name, value] of Object.entries(evaluateTexts(model.outputs, scope))) {
      bytes += Buffer.byteLength(value);
      if (session.masker.isSecret(value))
        report(session, last, "warning", `Skip output '${name}' since it may contain secret.`);
      else if (bytes > run.limits.max_output_bytes)
        report(session, last, "failure", `Output '${name}' exceeds the limit of ${run.limits.max_output_bytes} bytes`);
      else record.outputs[name] = value;
    }
    const url = mapping(model.environment)["url"];
    if (record.environment !== null && url !== undefined) record.environment.url = interpolate(textOf(url), scope);
  } catch (error) {
    report(session, last, "failure", error instanceof Error ? error.message : String(error));
    frame.status = "failure";
  }
}
