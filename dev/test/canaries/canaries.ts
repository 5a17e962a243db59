/** A secret that was put somewhere on purpose, to be looked for everywhere else. */
export type Canary = { readonly what: string; readonly value: string };

/** Whatever its value is, none of these may be read anywhere. */
const shapes: readonly (readonly [what: string, shape: RegExp])[] = [
  ["the shape of a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|ghs_\d+_eyJ)/],
  ["the shape of an App's or a run's token", /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  ["the shape of a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
];

/** Which secrets can be read in a text: as they are, within a URL, or in base64. `shaped` also looks for what could only be a credential. */
export function canariesIn(canaries: readonly Canary[], text: string, { shaped }: { shaped: boolean }): string[] {
  const found = canaries.filter(({ value }) => formsOf(value).some((form) => text.includes(form)));
  const like = shaped ? shapes.filter(([, shape]) => shape.test(text)) : [];
  return [...found.map(({ what }) => what), ...like.map(([what]) => what)];
}

/** In base64 a text that stands inside a longer one has one of three forms, whose ends depend on what is next to it. */
function formsOf(value: string): string[] {
  const shifted = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]).toString("base64");
    return encoded.slice(before === 0 ? 0 : before + 1, -4);
  });
  return [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), ...shifted];
}
