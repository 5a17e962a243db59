import { expect, it } from "vitest";
import { html } from "./html.ts";

it("escapes every value and keeps its own HTML", () => {
  const evil = `<script>"'&`;
  expect(html`<p title="${evil}">${html`<b>${1}</b>`}${[evil].map((text) => html`<i>${text}</i>`)}</p>`.text).toBe(
    '<p title="&#60;script&#62;&#34;&#39;&#38;"><b>1</b><i>&#60;script&#62;&#34;&#39;&#38;</i></p>',
  );
});
