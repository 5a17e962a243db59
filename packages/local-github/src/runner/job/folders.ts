import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

export type JobFolders = {
  readonly root: string;
  readonly home: string;
  readonly workspace: string;
  readonly temp: string;
  readonly tools: string;
  readonly actions: string;
  readonly commands: string;
  readonly event_path: string;
};

/** Makes a job's folders below `root`, laid out as on GitHub's runners, with event.json in place. */
export async function makeFolders(root: string, repository_name: string, event: unknown): Promise<JobFolders> {
  const temp = join(root, "_temp");
  const folders = {
    root,
    home: join(root, "home"),
    workspace: join(root, repository_name, repository_name),
    temp,
    tools: join(root, "_tool"),
    actions: join(root, "_actions"),
    commands: join(temp, "_runner_file_commands"),
    event_path: join(temp, "_github_workflow", "event.json"),
  };
  await Promise.all([
    mkdir(folders.home, { recursive: true }),
    mkdir(folders.workspace, { recursive: true }),
    mkdir(folders.commands, { recursive: true }),
    mkdir(join(temp, "_github_workflow"), { recursive: true }),
  ]);
  await writeFile(folders.event_path, JSON.stringify(event, null, 2));
  return folders;
}
