import { expect, it } from "vitest";
import { prefixQuery, type Stemmed, wordsOf } from "./prefix-query.ts";

it.each<[Stemmed[], string]>([
  [[{ word: "web", stem: "web" }], "web:*"],
  [[{ word: "rotate", stem: "rotat" }], "rotat:*"],
  [[{ word: "policy", stem: "polici" }], "(policy:* | polici:*)"],
  [
    [
      { word: "restart", stem: "restart" },
      { word: "the", stem: null },
      { word: "service", stem: "servic" },
    ],
    "restart:* & servic:*",
  ],
  [[{ word: "the", stem: null }], "the:*"],
  [[], ""],
])("looks up as few beginnings as find every form (%j)", (words, query) => {
  expect(prefixQuery(words)).toBe(query);
});

it("takes words out of a text, whatever else is in it", () => {
  expect(wordsOf("Restart' & | ! :*( web-1")).toEqual(["restart", "web", "1"]);
});
