import { jobOf, type SkillFile } from "@infraskill/workflow/file/read";
import { timeoutFits } from "./command.ts";
import { type FormEdit, limitTime, runOn } from "./form-edits.ts";
import { PermissionsForm } from "./permissions-form.tsx";
import { TextField } from "./text-field.tsx";

/** Where the commands run, how long they may, and what their token may do. */
export function JobForm({
  file,
  edit,
  frozen,
}: {
  /** As it was read last. */
  file: SkillFile | undefined;
  edit: (change: FormEdit) => void;
  frozen: boolean;
}) {
  const job = file && jobOf(file, "execute");
  if (file === undefined || job === undefined) {
    return <p className="text-soft">The file has no job “execute”: the problems say how it gets one.</p>;
  }
  const minutes = job.timeout_minutes?.value;
  return (
    <fieldset disabled={frozen} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <legend className="sr-only">Job</legend>
      <div className="grid grid-cols-2 gap-2.5">
        <TextField
          label="Runs on"
          help="A runner's label, or several with commas."
          mono
          value={job.runs_on.map(({ value }) => value).join(", ")}
          check={(typed) => (/[^\s,]/.test(typed) ? undefined : "Name a runner, such as ubuntu-latest.")}
          onValue={(typed) => edit(runOn(typed))}
        />
        <TextField
          label="Time limit in minutes"
          help="Then GitHub ends the run."
          mono
          value={minutes === undefined || minutes === null ? "" : String(minutes)}
          check={(typed) =>
            typed.trim() !== "" && timeoutFits(typed.trim()) ? undefined : "A whole number from 1 to 360."
          }
          onValue={(typed) => edit(limitTime(Number(typed)))}
        />
      </div>
      <PermissionsForm
        title="Permissions of this job"
        help="What the commands' GITHUB_TOKEN may do."
        none={job.permissions === undefined ? "Those of every job, below." : "None."}
        permissions={job.permissions}
        job_id="execute"
        edit={edit}
      />
      <PermissionsForm
        title="Permissions of every job"
        help="Best none: each job then names its own."
        none={file.permissions === undefined ? "Whatever the repository's settings say." : "None."}
        permissions={file.permissions}
        edit={edit}
      />
    </fieldset>
  );
}
