import { expect, it } from "vitest";
import { Masker } from "./mask.ts";

it.each([
  [["s3cret"], "a s3cret b s3cret", "a *** b ***"],
  [["abc", "cde"], "xabcdex", "x***x"],
  [["first\nsecond"], "only second here", "only *** here"],
  [['say "hi"'], '{"x":"say \\"hi\\""}', '{"x":"***"}'],
  [["pass word&"], "?p=pass%20word%26", "?p=***"],
  [["", "  "], "nothing to hide", "nothing to hide"],
])("hides %j", (secrets, text, expected) => {
  const masker = new Masker();
  for (const secret of secrets) masker.add(secret);
  expect(masker.mask(text)).toBe(expected);
});

it("hides base64 wherever the value stands in the encoded text", () => {
  const masker = new Masker();
  masker.add("correct-horse-battery");
  for (const before of ["", "a", "ab", "user:"]) {
    const encoded = Buffer.from(`${before}correct-horse-battery`).toString("base64");
    expect(masker.isSecret(encoded)).toBe(true);
  }
});
