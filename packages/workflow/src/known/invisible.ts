/**
 * Characters that change how a text looks without being seen: controls that YAML forbids, soft hyphen, fillers, zero-width characters, bidirectional
 * controls (CVE-2021-42574, "Trojan Source"), tags. Zero-width joiners are left in: words and emoji need them.
 */
const ranges: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
  [0xad, 0xad],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180e],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe007f],
];

const invisible = `[${ranges.map(([from, to]) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`).join("")}]`;
const anyInvisible = new RegExp(invisible, "u");
const everyInvisible = new RegExp(invisible, "gu");

export function hasInvisible(text: string): boolean {
  return anyInvisible.test(text);
}

/** `text` without invisible characters. */
export function stripInvisible(text: string): string {
  return text.replaceAll(everyInvisible, "");
}

/** `text` with every invisible character shown by its number, as in `\\u202e` or `\\u{e0041}`. */
export function showInvisible(text: string): string {
  return text.replaceAll(everyInvisible, (character) => {
    const code = character.codePointAt(0)!.toString(16).padStart(4, "0");
    return code.length > 4 ? `\\u{${code}}` : `\\u${code}`;
  });
}

/** Every invisible character with its offset (UTF-16 units). */
export function* findInvisible(text: string): Iterable<{ offset: number; length: number; code: string }> {
  for (const match of text.matchAll(everyInvisible)) {
    const code = `U+${match[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
    yield { offset: match.index, length: match[0].length, code };
  }
}
