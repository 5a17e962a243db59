import { mkdir, rename, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { ObjectReader } from "./object-reader.ts";
import {
  formatCommit,
  formatTree,
  hashObject,
  isFolder,
  parseCommit,
  parseTree,
  type Commit,
  type GitObject,
  type ObjectType,
  type TreeEntry,
} from "./objects.ts";
import { git, tryGit } from "./run-git.ts";

export const zero_sha = "0".repeat(40);
export type RefChange = { ref: string; before: string; after: string };
export type Ref = { ref: string; sha: string; type: ObjectType };

/** One bare repository: objects are written directly, read through one process; refs are kept in memory beside git's files. */
export class GitRepository {
  readonly git_dir: string;
  readonly #reader: ObjectReader;
  #refs: Promise<Map<string, Ref>> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(git_dir: string) {
    this.git_dir = git_dir;
    this.#reader = new ObjectReader(git_dir);
  }

  static async create(git_dir: string, default_branch: string): Promise<GitRepository> {
    if (!existsSync(join(git_dir, "HEAD"))) {
      await mkdir(git_dir, { recursive: true });
      await git(git_dir, ["init", "--quiet", "--bare", `--initial-branch=${default_branch}`]);
    }
    await git(git_dir, ["config", "http.receivepack", "true"]);
    await git(git_dir, ["config", "gc.auto", "0"]);
    await git(git_dir, ["config", "receive.autogc", "false"]);
    await git(git_dir, ["config", "uploadpack.allowAnySHA1InWant", "true"]);
    return new GitRepository(git_dir);
  }

  close(): void {
    this.#reader.close();
  }

  /** Runs one write at a time. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work, work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  // Refs

  async refs(): Promise<Map<string, Ref>> {
    this.#refs ??= loadRefs(this.git_dir);
    return this.#refs;
  }

  async ref(name: string): Promise<Ref | undefined> {
    return (await this.refs()).get(name);
  }

  /** To be called when something else (a push) may have written refs. */
  forgetRefs(): void {
    this.#refs = undefined;
  }

  /** Moves refs only if they still are where the caller saw them; all or none. Answers false when one moved. */
  async updateRefs(changes: RefChange[]): Promise<boolean> {
    const input = changes
      .map(({ ref, before, after }) =>
        after === zero_sha ? `delete ${ref}\0${before}\0` : `update ${ref}\0${after}\0${before}\0`,
      )
      .join("");
    const result = await tryGit(this.git_dir, ["update-ref", "-z", "--stdin"], { input });
    this.forgetRefs();
    return result.code === 0;
  }

  /** What a branch, tag, full ref or sha stands for: the commit's id, or undefined. */
  async resolveCommit(name: string): Promise<string | undefined> {
    const refs = await this.refs();
    const ref = refs.get(`refs/heads/${name}`) ?? refs.get(`refs/tags/${name}`) ?? refs.get(name);
    if (ref !== undefined) return ref.type === "commit" ? ref.sha : this.peel(ref.sha);
    if (/^[0-9a-f]{4,40}$/.test(name)) return this.peel(name);
    return undefined;
  }

  async peel(sha: string): Promise<string | undefined> {
    const object = await this.#reader.read(`${sha}^{commit}`);
    return object?.sha;
  }

  // Reading

  read(name: string): Promise<GitObject | undefined> {
    return this.#reader.read(name);
  }

  async commit(sha: string): Promise<Commit | undefined> {
    const object = await this.#reader.read(sha);
    return object?.type === "commit" ? parseCommit(object.sha, object.content) : undefined;
  }

  /** The entries of a tree: of a commit or tree by id, or of a folder as `sha:path`. */
  async tree(sha: string): Promise<TreeEntry[] | undefined> {
    const object = await this.#reader.read(sha.includes(":") ? sha : `${sha}^{tree}`);
    return object?.type === "tree" ? parseTree(object.content) : undefined;
  }

  /** The file at a path of a commit, or undefined; folders are not files. */
  async file(sha: string, path: string): Promise<{ sha: string; content: Buffer } | undefined> {
    const object = await this.#reader.read(`${sha}:${path}`);
    return object?.type === "blob" ? { sha: object.sha, content: object.content } : undefined;
  }

  // Writing

  /** Stores an object and answers with its id. Git never sees a half-written one. */
  async write(type: ObjectType, content: Buffer): Promise<string> {
    const sha = hashObject(type, content);
    const folder = join(this.git_dir, "objects", sha.slice(0, 2));
    const path = join(folder, sha.slice(2));
    if (existsSync(path)) return sha;
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `tmp_obj_${randomBytes(8).toString("hex")}`);
    await writeFile(temporary, deflateSync(Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content])), {
      mode: 0o444,
    });
    await rename(temporary, path);
    return sha;
  }

  writeTree(entries: TreeEntry[]): Promise<string> {
    return this.write("tree", formatTree(entries));
  }

  writeCommit(commit: Omit<Commit, "sha">): Promise<string> {
    return this.write("commit", formatCommit(commit));
  }

  /** Answers with a new tree: `base` with some paths replaced, or removed where the entry is null. */
  async editTree(base: string | undefined, edits: Map<string, { mode: string; sha: string } | null>): Promise<string> {
    const entries = new Map<string, TreeEntry>();
    for (const entry of base === undefined ? [] : ((await this.tree(base)) ?? [])) entries.set(entry.name, entry);
    const deeper = new Map<string, Map<string, { mode: string; sha: string } | null>>();
    for (const [path, edit] of edits) {
      const slash = path.indexOf("/");
      if (slash < 0) {
        if (edit === null) entries.delete(path);
        else entries.set(path, { name: path, ...edit });
        continue;
      }
      const folder = path.slice(0, slash);
      const group = deeper.get(folder) ?? new Map<string, { mode: string; sha: string } | null>();
      group.set(path.slice(slash + 1), edit);
      deeper.set(folder, group);
    }
    for (const [name, group] of deeper) {
      const existing = entries.get(name);
      const sha = await this.editTree(
        existing !== undefined && isFolder(existing.mode) ? existing.sha : undefined,
        group,
      );
      if (sha === empty_tree) entries.delete(name);
      else entries.set(name, { name, mode: "040000", sha });
    }
    return this.writeTree([...entries.values()]);
  }
}

export const empty_tree = hashObject("tree", Buffer.alloc(0));

async function loadRefs(git_dir: string): Promise<Map<string, Ref>> {
  const text = await git(git_dir, ["for-each-ref", "--format=%(refname) %(objectname) %(objecttype)"]);
  const refs = new Map<string, Ref>();
  for (const line of text.split("\n")) {
    const [ref, sha, type] = line.split(" ");
    if (ref !== undefined && sha !== undefined && type !== undefined)
      refs.set(ref, { ref, sha, type: type as ObjectType });
  }
  return refs;
}
