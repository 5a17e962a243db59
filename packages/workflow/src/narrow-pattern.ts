/**
 * Whether the inside of an anchored pattern names the characters that it takes: no `.`, no `[^…]`, and no alternative outside of parentheses, which would
 * leave the anchors.
 */
export function isNarrow(pattern: string): boolean {
  const outside = pattern.replaceAll(/\\.|\[[^\]]*\]/g, "").replaceAll(/\((?:[^()]|\([^()]*\))*\)/g, "");
  return !outside.includes("|") && !/(?<!\\)\.(?![^[]*\])|\[\^|\\[SDW]|\[:(?:print|graph|punct|cntrl):\]/.test(pattern);
}
