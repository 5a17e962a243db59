import { spawn } from "node:child_process";
import { gunzipSync } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { canSee, identify, isAllowed, type Caller } from "../auth/caller.ts";
import { gitOf, record, type Github } from "../github.ts";
import { zero_sha, type GitRepository, type Ref, type RefChange } from "../git/git-repository.ts";
import { gitEnvironment } from "../git/run-git.ts";
import { afterPush } from "../push/after-push.ts";
import type { Repository } from "../state/documents.ts";
import { readRefCommands, pushRefusal } from "./receive.ts";

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
  const key = `${request.params.owner}/${request.params.repo.replace(/\.git$/, "")}`.toLowerCase();
  const caller = await identify(github, request.headers.authorization);
  const alias = github.state.aliases.first({ key });
  const repository =
    github.state.repositories.first({ key }) ??
    (alias === undefined ? undefined : github.state.repositories.get(alias.repository_id));
  const writes = suffix === "/git-receive-pack" || request.url.includes("service=git-receive-pack");
  if (caller === undefined) return challenge(reply, "Invalid username or token.");
  if (repository === undefined || !canSee(caller, repository)) {
    if (caller.kind === "anonymous") return challenge(reply, "Authentication required.");
    return reply.code(404).type("text/plain").send("Repository not found.");
  }
  if (!isAllowed(caller, repository, writes ? "contents=write" : "contents=read")) {
    if (caller.kind === "anonymous") return challenge(reply, "Authentication required.");
    return reply.code(403).type("text/plain").send(`Write access to repository not granted.`);
  }
  const git = gitOf(github, repository);
  if (suffix !== "/git-receive-pack") return backend(git, suffix, request, reply, undefined);
  const body = await collect(request);
  return git
    .exclusively(() => receive(github, repository, git, caller, request, reply, body))
    .then(async ({ changes, reply: sent }) => {
      if (changes.length > 0) {
        await afterPush(github, repository, changes, caller.kind === "token" ? caller.login : "ghost");
      }
      return sent;
    });
}

async function receive(
  github: Github,
  repository: Repository,
  git: GitRepository,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
): Promise<{ changes: RefChange[]; reply: FastifyReply }> {
  const refusal = pushRefusal(github, repository, readRefCommands(body));
  if (refusal !== undefined) {
    return { changes: [], reply: reply.code(403).type("text/plain").send(refusal) };
  }
  const before = new Map(await git.refs());
  const sent = await backend(git, "/git-receive-pack", request, reply, body);
  git.forgetRefs();
  const changes = changesBetween(before, await git.refs());
  record(
    github,
    "git_push",
    { refs: changes.map(({ ref }) => ref), actor: caller.key },
    { repository_id: repository.id },
  );
  return { changes, reply: sent };
}

function changesBetween(before: Map<string, Ref>, after: Map<string, Ref>): RefChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((ref) => ({ ref, before: before.get(ref)?.sha ?? zero_sha, after: after.get(ref)?.sha ?? zero_sha }))
    .filter((change) => change.before !== change.after);
}

function challenge(reply: FastifyReply, message: string): FastifyReply {
  return reply.code(401).header("www-authenticate", 'Basic realm="GitHub"').type("text/plain").send(message);
}

async function collect(request: FastifyRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request.raw) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (request.headers["content-encoding"] !== "gzip") return body;
  delete request.headers["content-encoding"];
  return gunzipSync(body);
}

/** Runs git's own CGI program and passes its answer on. */
function backend(
  git: GitRepository,
  suffix: string,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer | undefined,
): Promise<FastifyReply> {
  return new Promise((resolve, reject) => {
    const header = (name: string) => String(request.headers[name] ?? "");
    const child = spawn("git", ["http-backend"], {
      env: gitEnvironment({
        GIT_PROJECT_ROOT: git.git_dir,
        GIT_HTTP_EXPORT_ALL: "1",
        PATH_INFO: suffix,
        REQUEST_METHOD: request.method,
        QUERY_STRING: request.url.split("?")[1] ?? "",
        CONTENT_TYPE: header("content-type"),
        HTTP_CONTENT_ENCODING: header("content-encoding"),
        GIT_PROTOCOL: header("git-protocol"),
        REMOTE_USER: "git",
        REMOTE_ADDR: request.ip,
        ...(body === undefined ? {} : { CONTENT_LENGTH: String(body.length) }),
      }),
      stdio: ["pipe", "pipe", "ignore"],
    });
    child.on("error", reject);
    child.stdin.on("error", () => undefined);
    if (body === undefined) request.raw.pipe(child.stdin);
    else child.stdin.end(body);
    let head = Buffer.alloc(0);
    const started = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      child.stdout.off("data", started);
      child.stdout.pause();
      const headers = head.toString("latin1", 0, end).split("\r\n");
      for (const line of headers) {
        const [name = "", value = ""] = line.split(/:\s*/, 2);
        if (name.toLowerCase() === "status") reply.code(Number.parseInt(value, 10));
        else reply.header(name, value);
      }
      child.stdout.unshift(head.subarray(end + 4));
      if (body === undefined) {
        void reply.send(child.stdout);
        resolve(reply);
      } else {
        // A push is answered when git has moved the refs, so that whoever reads next sees them.
        const chunks: Buffer[] = [];
        child.stdout.on("data", (rest: Buffer) => chunks.push(rest));
        child.stdout.on("end", () => {
          void reply.send(Buffer.concat(chunks));
          resolve(reply);
        });
        child.stdout.resume();
      }
    };
    child.stdout.on("data", started);
    child.on("close", () => {
      if (!reply.sent && head.indexOf("\r\n\r\n") < 0) reject(new Error("git http-backend gave no answer"));
    });
  });
}
