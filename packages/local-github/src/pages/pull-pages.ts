import { gitOf, type Github } from "../github.ts";
import { diffFiles } from "../git/diff.ts";
import { commitsBetween, mergeBase } from "../git/history.ts";
import { assessMerge } from "../pulls/assess.ts";
import { latestVerdicts } from "../pulls/commit-statuses.ts";
import type { Pull, Repository } from "../state/documents.ts";
import { diffView } from "./diff-view.ts";
import { html, type Html } from "./html.ts";
import { ago, page, stateWord } from "./layout.ts";

/** The pull requests of a repository, newest first. */
export function pullsPage(github: Github, repository: Repository, state: "open" | "closed"): string {
  const root = `/${repository.owner}/${repository.name}`;
  const pulls = github.state.pulls.find({
    where: { repository_id: repository.id, state },
    order: "number desc",
    limit: 100,
  });
  const count = (one: string) => github.state.pulls.count({ where: { repository_id: repository.id, state: one } });
  const rows = pulls.map(
    (pull) =>
      html`<div>
        ${statePill(pull)}
        <a href="${root}/pull/${pull.number}"><b>${pull.title}</b></a>
        ${pull.labels.map((label) => html`<span class="label">${label}</span>`)}<span class="dim push"
          >#${pull.number} by ${pull.user}</span
        >
        ${ago(pull.created_at)}
      </div>`,
  );
  const tab = (one: "open" | "closed", text: string) =>
    html`<a href="${root}/pulls?state=${one}" ${one === state ? html`aria-current="page"` : ""}
      >${count(one)} ${text}</a
    >`;
  const body = html`<h2>Pull requests</h2>
    <div class="box">
      <div class="head">${tab("open", "Open")} ${tab("closed", "Closed")}</div>
      <div class="rows">${rows.length === 0 ? html`<div class="dim">Nothing here.</div>` : rows}</div>
    </div>`;
  return page(`Pull requests · ${repository.name}`, body, { repository, tab: "pulls" });
}

/** One pull request: text, checks, what can be done with it, conversation, diff. */
export async function pullPage(github: Github, repository: Repository, pull: Pull, problem?: string): Promise<string> {
  const git = gitOf(github, repository);
  const root = `/${repository.owner}/${repository.name}`;
  const origin = (await mergeBase(git, pull.base_sha, pull.head_sha)) ?? pull.base_sha;
  const files = await diffFiles(git, origin, pull.head_sha);
  const commits = await commitsBetween(git, origin, pull.head_sha);
  const comments = github.state.comments.find({ where: { repository_id: repository.id, issue_number: pull.number } });
  const reviews = github.state.reviews.find({ where: { repository_id: repository.id, pull_number: pull.number } });
  const talk = [
    ...comments.map(({ user, body, created_at }) => ({ user, what: "commented", body, at: created_at })),
    ...reviews.map(({ user, state, body, submitted_at }) => ({
      user,
      what: state.toLowerCase().replaceAll("_", " "),
      body,
      at: submitted_at,
    })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  const body = html`${problem === undefined ? "" : html`<div class="flash" role="alert">${problem}</div>`}
    <h2>${pull.title} <small>#${pull.number}</small></h2>
    <p>
      ${statePill(pull)} <b>${pull.user}</b> wants to merge ${commits.length} commit${commits.length === 1 ? "" : "s"}
      into <code>${pull.base_ref}</code> from <code>${pull.head_ref}</code> · ${ago(pull.created_at)}
    </p>
    ${pull.labels.length === 0 ? "" : html`<p>${pull.labels.map((label) => html`<span class="label">${label}</span> `)}</p>`}
    <div class="box">
      <div class="head"><b>${pull.user}</b></div>
      <pre class="text">${pull.body ?? "No description."}</pre>
    </div>
    ${talk.map(
      (item) =>
        html`<div class="box">
          <div class="head"><b>${item.user}</b> ${item.what} ${ago(item.at)}</div>
          ${item.body === "" ? "" : html`<pre class="text">${item.body}</pre>`}
        </div>`,
    )}
    ${checksView(github, repository, pull)} ${await actionsView(github, repository, pull)}
    <div class="box">
      <div class="body">
        <form class="stack" method="post" action="${root}/pull/${pull.number}/comment">
          <label for="comment">Comment</label><textarea id="comment" name="body" rows="2" required></textarea
          ><button>Comment</button>
        </form>
      </div>
    </div>
    <h3>
      ${files.length} file${files.length === 1 ? "" : "s"} changed ·
      <a href="${root}/pull/${pull.number}.diff">plain diff</a>
    </h3>
    ${diffView(files)}`;
  return page(`${pull.title} · #${pull.number}`, body, { repository, tab: "pulls" });
}

function checksView(github: Github, repository: Repository, pull: Pull): Html | string {
  const checks = latestVerdicts(github, repository, pull.head_sha);
  if (checks.length === 0) return "";
  return html`<div class="box">
    <div class="head"><b>Checks</b></div>
    <div class="rows">
      ${checks.map(
        (check) =>
          html`<div>
            ${stateWord(check.status, check.conclusion)}
            ${check.details_url === null ? check.name : html`<a href="${check.details_url}">${check.name}</a>`}
          </div>`,
      )}
    </div>
  </div>`;
}

async function actionsView(github: Github, repository: Repository, pull: Pull): Promise<Html> {
  const post = (
    action: string,
    text: string,
    options: { primary?: boolean; disabled?: boolean; value?: string } = {},
  ) =>
    html`<form method="post" action="/${repository.owner}/${repository.name}/pull/${pull.number}/${action}">
      ${options.value === undefined ? "" : html`<input type="hidden" name="method" value="${options.value}" />`}
      <button ${options.primary === true ? html`class="primary"` : ""} ${options.disabled === true ? "disabled" : ""}>
        ${text}
      </button>
    </form>`;
  if (pull.merged) {
    return html`<div class="box">
      <div class="head">
        <b>Merged</b> by ${pull.merged_by} as
        <a class="mono" href="/${repository.owner}/${repository.name}/commit/${pull.merge_commit_sha}"
          >${pull.merge_commit_sha?.slice(0, 7)}</a
        >
      </div>
    </div>`;
  }
  if (pull.state === "closed") {
    return html`<div class="box">
      <div class="head"><b>Closed</b> without merging ${post("reopen", "Reopen pull request")}</div>
    </div>`;
  }
  const assessment = await assessMerge(github, repository, pull);
  const blocked = assessment.reason !== null;
  const method = (value: "merge" | "squash" | "rebase", text: string, allowed: boolean) =>
    post("merge", text, { value, primary: value === "merge", disabled: blocked || !allowed });
  return html`<div class="box">
    <div class="head">
      ${blocked ? html`<span class="state failure">✕ Merging is blocked</span> ${reasonText(assessment.reason)}` : html`<span class="state success">✓ This branch has no conflicts with ${pull.base_ref}</span>`}
    </div>
    <div class="body">
      ${method("merge", "Merge pull request", repository.allow_merge_commit)}
      ${method("squash", "Squash and merge", repository.allow_squash_merge)}
      ${method("rebase", "Rebase and merge", repository.allow_rebase_merge)} ${post("approve", "Approve")}
      ${post("close", "Close pull request")}
    </div>
  </div>`;
}

function reasonText(reason: string | null): string {
  return reason === "Pull Request is not mergeable"
    ? "This branch has conflicts that must be resolved."
    : (reason ?? "");
}

function statePill(pull: Pull): Html {
  if (pull.merged) return html`<span class="pill merged">⇉ Merged</span>`;
  return pull.state === "open"
    ? html`<span class="pill open">● ${pull.draft ? "Draft" : "Open"}</span>`
    : html`<span class="pill closed">✕ Closed</span>`;
}
