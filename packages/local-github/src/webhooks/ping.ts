import type { Github } from "../github.ts";
import type { Hook, Repository } from "../state/documents.ts";
import { viewHook } from "../view/hook.ts";
import { deliver } from "./emit.ts";

/** Sends `ping` to one hook. */
export function sendPing(github: Github, repository: Repository, hook: Hook, actor: string): void {
  const payload = { zen: "Practicality beats purity.", hook_id: hook.id, hook: viewHook(github, repository, hook) };
  deliver(github, repository, hook, { name: "ping", payload, sender: actor });
}
