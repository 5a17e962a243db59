// A broken variant for the soak to find: every run of an execution is told that it may act.
import { replaceText } from "./replace-text.ts";

replaceText(
  "/executions/claim.ts",
  '  if (misfit !== undefined) throw new HttpProblem("bad_proof", misfit);\n',
  '  if (misfit !== undefined) throw new HttpProblem("bad_proof", misfit);\n  if (row.skill_name !== "") return { answer: { jobs: [] }, row };\n',
);
