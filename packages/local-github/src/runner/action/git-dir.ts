import type { JobSession } from "../job/session.ts";

/** The bare repository of a name, if this server has it. */
export function gitDirOf(session: JobSession, full_name: string): string | undefined {
  const { repository, git_dir_of } = session.run.request;
  if (full_name.toLowerCase() === repository.full_name.toLowerCase()) return repository.git_dir;
  return git_dir_of?.(full_name);
}
