import type { Github } from "../github.ts";
import type { State } from "../state/database.ts";
import type { Account } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { apiUrl, nodeId } from "./urls.ts";

const remembered = new WeakMap<State, Map<string, Account>>();
const most_remembered = 1000;

/** The account of a login; made when first seen, so that every name in a commit or a token can be shown. */
export function accountOf(github: Github, login: string): Account {
  const key = login.toLowerCase();
  const known = remembered.get(github.state)?.get(key);
  if (known !== undefined) return known;
  const existing = github.state.accounts.first({ key });
  if (existing !== undefined) return remember(github.state, existing);
  const id = github.state.next("accounts", 1001);
  return keepAccount(github, {
    id,
    login,
    key,
    type: login.endsWith("[bot]") ? "Bot" : "User",
    name: login,
    email: `${id}+${login}@users.noreply.github.local`,
    created_at: timestamp(),
  });
}

/** Stores an account; every event shows several, so they are remembered, too. */
export function keepAccount(github: Github, account: Account): Account {
  return remember(github.state, github.state.accounts.put(account));
}

function remember(state: State, account: Account): Account {
  const known = remembered.get(state) ?? new Map<string, Account>();
  if (known.size >= most_remembered) known.clear();
  remembered.set(state, known.set(account.key, account));
  return account;
}

/** `simple-user` */
export function viewUser(github: Github, login: string) {
  return viewAccount(github, accountOf(github, login));
}

export function viewAccount(github: Github, account: Account) {
  const url = apiUrl(github, `/users/${encodeURIComponent(account.login)}`);
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === "Organization" ? "O" : account.type === "Bot" ? "BOT" : "U", account.id),
    avatar_url: `${github.url}/_local/avatars/${account.id}`,
    gravatar_id: "",
    url,
    html_url: `${github.url}/${encodeURIComponent(account.login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
    user_view_type: "public",
  };
}

/** `public-user`, and with `own` what GET /user adds. */
export function viewProfile(github: Github, account: Account, own: boolean) {
  const repositories = github.state.repositories.find({ where: { owner_id: account.id } });
  const private_count = repositories.filter((repository) => repository.private).length;
  return {
    ...viewAccount(github, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: own ? account.email : null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: repositories.length - private_count,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.created_at,
    updated_at: account.created_at,
    ...(own
      ? {
          private_gists: 0,
          total_private_repos: private_count,
          owned_private_repos: private_count,
          disk_usage: 0,
          collaborators: 0,
          two_factor_authentication: true,
        }
      : {}),
  };
}
