/** How a script may look at what a variable holds, whether or not the check would keep code out. */
const comparisons = [
  /(?:\[|&&|\|\||!)\s+["']?\$\{?([A-Za-z_]\w*)\S*\s+(?:=~|==?|!=)\s+(?!["']{2})/g,
  /\bcase\s+["']?\$\{?([A-Za-z_]\w*)/g,
  /\bgrep\b[^\n|]*<<<\s*["']?\$\{?([A-Za-z_]\w*)/g,
  /\$\{?([A-Za-z_]\w*)[^\s|]*\s*\|\s*grep\b/g,
  /(?<![-\w.])(?:validate|check|assert|require|ensure|verify|is_valid)\w*\s+["']?\$\{?([A-Za-z_]\w*)/g,
] as const;

/**
 * Variables that a script compares with something, by themselves or as the items of a list. Where a hyphen in front or `..` is what harms, nearly any
 * comparison keeps it out.
 */
export function comparedNames(script: string): ReadonlySet<string> {
  const names = new Set(comparisons.flatMap((pattern) => [...script.matchAll(pattern)].map(([, name]) => name!)));
  for (const [, item, list] of script.matchAll(/\bfor\s+(\w+)\s+in\s+["']?\$\{?(\w+)/g))
    if (names.has(item!)) names.add(list!);
  return names;
}
