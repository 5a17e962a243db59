import type { Edit } from "@infraskill/contracts/diagnostic";
import { isMap } from "yaml";
import type { SkillFile } from "../file/read.ts";
import { pairOf } from "../file/source.ts";
import { addEntry, replaceByBlock, type Written } from "./splice.ts";

/** Adds an input to `on.workflow_dispatch.inputs`, whatever is there of that path. */
export function declareInput(file: SkillFile, name: string, declaration: Written): Edit | undefined {
  const { source, on, dispatch } = file;
  const inputs = { [name]: declaration };
  if (dispatch === undefined) {
    const alone = on !== undefined && file.triggers.length === 1 && file.triggers[0]?.value === "workflow_dispatch";
    return alone ? replaceByBlock(source, on, { workflow_dispatch: { inputs } }) : undefined;
  }
  if (!isMap(dispatch.value) || dispatch.value.items.length === 0) return replaceByBlock(source, dispatch, { inputs });
  const declared = pairOf(source, dispatch.value, "inputs");
  if (declared === undefined) return addEntry(source, dispatch.value, "inputs", inputs);
  if (!isMap(declared.value) || declared.value.items.length === 0) return replaceByBlock(source, declared, inputs);
  return addEntry(source, declared.value, name, declaration);
}
