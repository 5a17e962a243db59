/** What Postgres' English stemmer makes of a word; nothing for one that is in every text. */
export type Stemmed = { word: string; stem: string | null };

/** The words somebody searches for, without what means something to `to_tsquery`. */
export function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).flatMap((word) => (word === "" ? [] : [word.toLowerCase()]));
}

/**
 * For `to_tsquery('simple', …)`: texts with words that begin with all of these, as they are written (names) or as they are stemmed (descriptions). A
 * stem that the word begins with finds both, and each beginning that is looked up costs as much again.
 */
export function prefixQuery(words: readonly Stemmed[]): string {
  const telling = words.filter(({ stem }) => stem !== null);
  return (telling.length === 0 ? words : telling).map(beginnings).join(" & ");
}

function beginnings({ word, stem }: Stemmed): string {
  if (stem === null || stem === word) return `${word}:*`;
  return word.startsWith(stem) ? `${stem}:*` : `(${word}:* | ${stem}:*)`;
}
