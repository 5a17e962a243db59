import { expect, it } from "vitest";
import { comesFromOurPages } from "./same-origin.ts";

const host = "infraskill.example:3000";
it.each([
  ["reading", { method: "GET", origin: "https://evil.example" }, true],
  ["a change from our page", { method: "PUT", origin: `http://${host}` }, true],
  ["a change behind TLS", { method: "PUT", origin: `https://${host}`, sec_fetch_site: "same-origin" }, true],
  ["a change from elsewhere", { method: "PUT", origin: "http://evil.example" }, false],
  ["a change from another port", { method: "PUT", origin: "http://infraskill.example:4000" }, false],
  ["a change from a sandbox", { method: "POST", origin: "null" }, false],
  ["a change without Origin", { method: "POST", origin: undefined }, false],
  [
    "a change the browser calls cross-site",
    { method: "PUT", origin: `http://${host}`, sec_fetch_site: "cross-site" },
    false,
  ],
])(
  "judges %s",
  (
    _what,
    { sec_fetch_site, ...request }: { method: string; origin: string | undefined; sec_fetch_site?: string },
    ours,
  ) => {
    expect(comesFromOurPages({ host, sec_fetch_site, ...request })).toBe(ours);
  },
);
