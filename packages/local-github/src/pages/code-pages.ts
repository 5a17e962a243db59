import { gitOf, type Github } from "../github.ts";
import { diffFiles } from "../git/diff.ts";
import { listCommits } from "../git/history.ts";
import { isFolder } from "../git/objects.ts";
import type { Repository } from "../state/documents.ts";
import { encodePath } from "../view/urls.ts";
import { diffView } from "./diff-view.ts";
import { html, type Html } from "./html.ts";
import { ago, page } from "./layout.ts";

/** Every repository there is. */
export function homePage(github: Github): string {
  const rows = github.state.repositories.find({ order: "key" }).map(
    (repository) =>
      html`<div>
        <a href="/${repository.owner}/${repository.name}"><b>${repository.owner}/${repository.name}</b></a>
        <span class="dim">${repository.description}</span><span class="push">${ago(repository.pushed_at)}</span>
      </div>`,
  );
  return page(
    "Local GitHub",
    html`<h2>Repositories</h2>
      <div class="box rows">${rows.length === 0 ? html`<div>None yet.</div>` : rows}</div>`,
  );
}

/** A folder of a repository; undefined when there is no such thing. */
export async function folderPage(github: Github, repository: Repository, place: Place): Promise<string | undefined> {
  const git = gitOf(github, repository);
  const entries = await git.tree(place.path === "" ? place.sha : `${place.sha}:${place.path}`);
  if (entries === undefined) return undefined;
  const root = `/${repository.owner}/${repository.name}`;
  const sorted = [...entries].sort(
    (a, b) => Number(isFolder(b.mode)) - Number(isFolder(a.mode)) || a.name.localeCompare(b.name),
  );
  const rows = sorted.map((entry) => {
    const path = place.path === "" ? entry.name : `${place.path}/${entry.name}`;
    const kind = isFolder(entry.mode) ? "tree" : "blob";
    return html`<div>
      <a href="${root}/${kind}/${place.ref}/${encodePath(path)}">${isFolder(entry.mode) ? "▸ " : ""}${entry.name}</a>
    </div>`;
  });
  const commit = await git.commit(place.sha);
  const readme = entries.find((entry) => /^readme(\.md|\.txt)?$/i.test(entry.name));
  const text = readme === undefined ? undefined : (await git.read(readme.sha))?.content.toString();
  const body = html`<div class="box">
      <div class="head">
        <b>${place.ref}</b>${crumbs(root, place)} <a href="${root}/commits/${place.ref}">Commits</a
        ><code class="clone push">git clone ${github.url}${root}.git</code>
      </div>
      <div class="rows">
        ${
          commit === undefined
            ? ""
            : html`<div class="dim">
                ${commit.author.name}: ${commit.message.split("\n")[0]}
                <a class="mono push" href="${root}/commit/${commit.sha}">${commit.sha.slice(0, 7)}</a>
                ${ago(commit.committer.date)}
              </div>`
        }${rows}
      </div>
    </div>
    ${
      text === undefined
        ? ""
        : html`<div class="box">
            <div class="head"><b>${readme?.name}</b></div>
            <pre class="text">${text}</pre>
          </div>`
    }`;
  return page(`${repository.owner}/${repository.name}`, body, { repository, tab: "code" });
}

/** A file with line numbers. */
export async function filePage(github: Github, repository: Repository, place: Place): Promise<string | undefined> {
  const git = gitOf(github, repository);
  const file = await git.file(place.sha, place.path);
  if (file === undefined) return undefined;
  const root = `/${repository.owner}/${repository.name}`;
  const binary = file.content.includes(0);
  const lines = file.content.toString().replace(/\n$/, "").split("\n");
  const body = html`<div class="box">
    <div class="head">
      <b>${place.ref}</b>${crumbs(root, place)} <span class="dim">${file.content.length} bytes</span
      ><a class="push" href="${root}/raw/${place.ref}/${encodePath(place.path)}">Raw</a>
    </div>
    ${
      binary
        ? html`<div class="body dim">Binary file</div>`
        : html`<pre>${lines.map((line, index) => html`<span class="l" data-n="${index + 1}">${line} </span>`)}</pre>`
    }
  </div>`;
  return page(`${place.path} · ${repository.owner}/${repository.name}`, body, { repository, tab: "code" });
}

export async function commitsPage(github: Github, repository: Repository, ref: string, sha: string): Promise<string> {
  const git = gitOf(github, repository);
  const root = `/${repository.owner}/${repository.name}`;
  const rows: Html[] = [];
  for (const one of await listCommits(git, sha, { skip: 0, limit: 100 })) {
    const commit = await git.commit(one);
    if (commit === undefined) continue;
    rows.push(
      html`<div>
        <a href="${root}/commit/${one}">${commit.message.split("\n")[0]}</a>
        <span class="dim">${commit.author.name}</span>
        <code class="push">${one.slice(0, 7)}</code> ${ago(commit.committer.date)}
      </div>`,
    );
  }
  return page(
    `Commits · ${repository.name}`,
    html`<h2>Commits <small>${ref}</small></h2>
      <div class="box rows">${rows}</div>`,
    { repository, tab: "code" },
  );
}

export async function commitPage(github: Github, repository: Repository, sha: string): Promise<string | undefined> {
  const git = gitOf(github, repository);
  const commit = await git.commit(sha);
  if (commit === undefined) return undefined;
  const [title = "", ...rest] = commit.message.split("\n");
  const text = rest.join("\n").trim();
  const body = html`<h2>${title}</h2>
    <div class="box">
      <div class="head">${commit.author.name} ${ago(commit.committer.date)}<code class="push">${sha}</code></div>
      ${text === "" ? "" : html`<pre class="text">${text}</pre>`}
    </div>
    ${diffView(await diffFiles(git, commit.parents[0], sha))}`;
  return page(title, body, { repository, tab: "code" });
}

export type Place = { ref: string; sha: string; path: string };

/** Splits `<ref>/<path>` where refs may contain slashes: the longest known ref wins. */
export async function placeOf(github: Github, repository: Repository, text: string): Promise<Place | undefined> {
  const git = gitOf(github, repository);
  const parts = text.split("/").filter((part) => part !== "");
  for (let count = parts.length; count > 0; count--) {
    const ref = parts.slice(0, count).join("/");
    const known = (await git.ref(`refs/heads/${ref}`)) ?? (await git.ref(`refs/tags/${ref}`));
    if (known === undefined && !/^[0-9a-f]{7,40}$/.test(ref)) continue;
    const sha = await git.resolveCommit(ref);
    if (sha !== undefined) return { ref, sha, path: parts.slice(count).join("/") };
  }
  return undefined;
}

function crumbs(root: string, place: Place): Html {
  const parts = place.path === "" ? [] : place.path.split("/");
  return html`<span
    ><a href="${root}/tree/${place.ref}">${root.split("/")[2]}</a>${parts.map((part, index) =>
      index === parts.length - 1
        ? html` / ${part}`
        : html` / <a href="${root}/tree/${place.ref}/${encodePath(parts.slice(0, index + 1).join("/"))}">${part}</a>`,
    )}</span
  >`;
}
