import { createHash } from "node:crypto";

export type ObjectType = "blob" | "tree" | "commit" | "tag";
export type GitObject = { sha: string; type: ObjectType; content: Buffer };
export type TreeEntry = { mode: string; name: string; sha: string };
export type Person = { name: string; email: string; date: string };
export type Commit = {
  sha: string;
  tree: string;
  parents: string[];
  author: Person;
  committer: Person;
  message: string;
};

/** The id git gives an object: SHA-1 over its header and content. */
export function hashObject(type: ObjectType, content: Buffer): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}

export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(0x20, at);
    const end = content.indexOf(0, space);
    entries.push({
      mode: content.toString("latin1", at, space).padStart(6, "0"),
      name: content.toString("utf8", space + 1, end),
      sha: content.toString("hex", end + 1, end + 21),
    });
    at = end + 21;
  }
  return entries;
}

/** Writes tree entries in git's order (a folder sorts as if its name ended with a slash). */
export function formatTree(entries: TreeEntry[]): Buffer {
  const sortKey = (entry: TreeEntry) => Buffer.from(isFolder(entry.mode) ? `${entry.name}/` : entry.name);
  const sorted = [...entries].sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  return Buffer.concat(
    sorted.flatMap((entry) => [
      Buffer.from(`${entry.mode.replace(/^0+/, "")} ${entry.name}\0`),
      Buffer.from(entry.sha, "hex"),
    ]),
  );
}

export function isFolder(mode: string): boolean {
  return mode === "040000" || mode === "40000";
}

export function parseCommit(sha: string, content: Buffer): Commit {
  const text = content.toString("utf8");
  const split = text.indexOf("\n\n");
  const header = split < 0 ? text : text.slice(0, split);
  const fields = header.split("\n");
  const value = (name: string) => fields.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? "";
  return {
    sha,
    tree: value("tree"),
    parents: fields.filter((line) => line.startsWith("parent ")).map((line) => line.slice(7)),
    author: parsePerson(value("author")),
    committer: parsePerson(value("committer")),
    message: split < 0 ? "" : text.slice(split + 2).replace(/\n$/, ""),
  };
}

export function formatCommit(commit: Omit<Commit, "sha">): Buffer {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${formatPerson(commit.author)}`,
    `committer ${formatPerson(commit.committer)}`,
  ];
  return Buffer.from(`${lines.join("\n")}\n\n${commit.message}`);
}

function parsePerson(text: string): Person {
  const match = /^(.*?) ?<(.*?)> (\d+)/.exec(text);
  const seconds = Number(match?.[3] ?? 0);
  return {
    name: match?.[1] ?? "",
    email: match?.[2] ?? "",
    date: new Date(seconds * 1000).toISOString().replace(".000Z", "Z"),
  };
}

function formatPerson(person: Person): string {
  const clean = (text: string) => text.replaceAll(/[<>\n\0]/g, "").trim();
  const zone = /([+-]\d\d):?(\d\d)$/.exec(person.date);
  const offset = zone === null ? "+0000" : `${zone[1]}${zone[2]}`;
  return `${clean(person.name)} <${clean(person.email)}> ${Math.floor(Date.parse(person.date) / 1000)} ${offset}`;
}
