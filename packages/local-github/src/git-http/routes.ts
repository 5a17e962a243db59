import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { canSee, identify, isAllowed } from "../auth/caller.ts";
import { gitOf, type Github } from "../github.ts";
import { findRepository } from "../pages/send.ts";
import { runBackend } from "./backend.ts";
import { receivePush } from "./receive.ts";

type Names = { owner: string; repo: string };

/** Git's smart HTTP protocol through `git http-backend`: clone, fetch and push with any token. */
export function addGitRoutes(app: FastifyInstance, github: Github): void {
  void app.register((git_app, _options, done) => {
    // Bodies of git stay streams: a pack may be large, and git reads it itself.
    git_app.removeAllContentTypeParsers();
    git_app.addContentTypeParser("*", (_request, payload, parsed) => parsed(null, payload));
    for (const suffix of ["/info/refs", "/git-upload-pack", "/git-receive-pack"]) {
      git_app.route<{ Params: Names }>({
        method: suffix === "/info/refs" ? "GET" : "POST",
        url: `/:owner/:repo${suffix}`,
        handler: (request, reply) => serve(github, suffix, request, reply),
      });
    }
    done();
  });
}

async function serve(
  github: Github,
  suffix: string,
  request: FastifyRequest<{ Params: Names }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { owner, repo } = request.params;
  const caller = await identify(github, request.headers.authorization);
  const repository = findRepository(github, { owner, repo: repo.replace(/\.git$/, "") });
  const writes = suffix === "/git-receive-pack" || request.url.includes("service=git-receive-pack");
  if (caller === undefined) return challenge(reply, "Invalid username or token.");
  if (repository === undefined || !canSee(caller, repository)) {
    if (caller.kind === "anonymous") return challenge(reply, "Authentication required.");
    return reply.code(404).type("text/plain").send("Repository not found.");
  }
  if (!isAllowed(caller, repository, writes ? "contents=write" : "contents=read")) {
    if (caller.kind === "anonymous") return challenge(reply, "Authentication required.");
    return reply.code(403).type("text/plain").send("Write access to repository not granted.");
  }
  if (suffix === "/git-receive-pack") {
    const received = await receivePush(github, repository, caller, request);
    if (!received.ok) return reply.code(403).type("text/plain").send(received.refusal);
    return reply.code(received.status).headers(Object.fromEntries(received.headers)).send(received.body);
  }
  const answer = await runBackend(gitOf(github, repository).git_dir, suffix, request);
  return reply.code(answer.status).headers(Object.fromEntries(answer.headers)).send(answer.body);
}

function challenge(reply: FastifyReply, message: string): FastifyReply {
  return reply.code(401).header("www-authenticate", 'Basic realm="GitHub"').type("text/plain").send(message);
}
