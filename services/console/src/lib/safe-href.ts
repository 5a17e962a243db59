/** The address when it leads to a web page, else undefined: what the backend passes on may be `javascript:`. */
export function safeHref(address: string | null | undefined): string | undefined {
  if (address === null || address === undefined) return undefined;
  const url = URL.parse(address);
  return url?.protocol === "https:" || url?.protocol === "http:" ? url.href : undefined;
}
