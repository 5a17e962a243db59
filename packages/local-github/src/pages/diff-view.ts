import type { FileChange } from "../git/diff.ts";
import { html, type Html } from "./html.ts";

/** The files of a change, one box each, added and removed lines marked by sign and colour. */
export function diffView(files: FileChange[]): Html {
  return html`${files.map(
    (file) =>
      html`<section class="box" aria-label="${file.filename}">
        <div class="head">
          <code><b>${file.filename}</b></code>
          ${file.previous_filename === null ? "" : html`<span class="dim">from ${file.previous_filename}</span>`}<span
            class="label"
            >${file.status}</span
          >
          <span class="push"
            ><span class="state success">+${file.additions}</span>
            <span class="state failure">−${file.deletions}</span></span
          >
        </div>
        ${file.patch === undefined ? html`<div class="body dim">No text to show.</div>` : html`<pre class="diff">${file.patch.split("\n").map(viewLine)}</pre>`}
      </section>`,
  )}`;
}

function viewLine(line: string): Html {
  const kind = line.startsWith("@@") ? "hunk" : line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : "";
  return html`<span class="l ${kind}">${line} </span>`;
}
