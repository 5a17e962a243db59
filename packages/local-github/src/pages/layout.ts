import type { Repository } from "../state/documents.ts";
import { html, type Html } from "./html.ts";

export type Tab = "code" | "pulls" | "actions" | "hooks";

/** A whole page. `refresh`: seconds after which it loads itself anew, for what is still moving. */
export function page(
  title: string,
  body: Html,
  options: { repository?: Repository; tab?: Tab; refresh?: number } = {},
): string {
  const { repository, tab, refresh } = options;
  const root = repository === undefined ? "/" : `/${repository.owner}/${repository.name}`;
  const link = (name: Tab, path: string, text: string) =>
    html`<a href="${root}${path}" ${name === tab ? html`aria-current="page"` : ""}>${text}</a>`;
  const head =
    repository === undefined
      ? html`<h1>
          <a href="/"><b>Local GitHub</b></a>
        </h1>`
      : html`<h1>
            <a href="/">Local GitHub</a> / <a href="${root}">${repository.owner} / <b>${repository.name}</b></a>
            <span class="label">${repository.private ? "Private" : "Public"}</span>
          </h1>
          <nav aria-label="Repository">
            ${link("code", "", "Code")}${link("pulls", "/pulls", "Pull requests")}
            ${link("actions", "/actions", "Actions")}${link("hooks", "/settings/hooks", "Webhooks")}
          </nav>`;
  return `<!doctype html>${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="viewport" content="width=device-width" />
        ${refresh === undefined ? "" : html`<meta http-equiv="refresh" content="${refresh}" />`}
        <link rel="stylesheet" href="/_local/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>${head}</header>
        <main id="main">${body}</main>
      </body>
    </html>`.html
  }`;
}

/** A state as a word with its colour and a sign, so that nothing hangs on colour alone. */
export function stateWord(status: string, conclusion: string | null): Html {
  const word = conclusion ?? status;
  return html`<span class="state ${word}">${signs[word] ?? "•"} ${word.replaceAll("_", " ")}</span>`;
}

const signs: Record<string, string> = {
  success: "✓",
  failure: "✕",
  timed_out: "✕",
  startup_failure: "✕",
  cancelled: "⊘",
  skipped: "⤼",
  in_progress: "◌",
  queued: "○",
  waiting: "◔",
  pending: "◔",
};

/** "3 minutes ago", with the exact time behind it. */
export function ago(time: string): Html {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time)) / 1000));
  const steps: [number, string][] = [
    [60, "second"],
    [60, "minute"],
    [24, "hour"],
    [365, "day"],
  ];
  let value = seconds;
  let unit = "year";
  for (const [size, name] of steps) {
    unit = name;
    if (value < size) break;
    value = Math.floor(value / size);
  }
  return html`<time datetime="${time}" title="${time}" class="dim"
    >${value} ${unit}${value === 1 ? "" : "s"} ago</time
  >`;
}
