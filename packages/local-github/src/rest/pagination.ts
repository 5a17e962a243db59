export type Page = { page: number; per_page: number; offset: number };

/** `page` and `per_page` of a query: 30 per page unless asked, never more than 100. */
export function readPage(query: Readonly<Record<string, string>>): Page {
  const per_page = clamp(Number(query["per_page"] ?? 30), 1, 100, 30);
  const page = clamp(Number(query["page"] ?? 1), 1, 1_000_000, 1);
  return { page, per_page, offset: (page - 1) * per_page };
}

/** The `Link` header of a page, or undefined when everything fits on one. */
export function linkHeader(url: URL, page: Page, total: number): string | undefined {
  const last = Math.max(1, Math.ceil(total / page.per_page));
  const links: string[] = [];
  const link = (number: number, rel: string) => {
    const target = new URL(url);
    target.searchParams.set("page", String(number));
    links.push(`<${target.href}>; rel="${rel}"`);
  };
  if (page.page > 1) link(page.page - 1, "prev");
  if (page.page < last) {
    link(page.page + 1, "next");
    link(last, "last");
  }
  if (page.page > 1) link(1, "first");
  return links.length === 0 ? undefined : links.join(", ");
}

function clamp(value: number, least: number, most: number, fallback: number): number {
  return Number.isInteger(value) ? Math.min(most, Math.max(least, value)) : fallback;
}
