/** A piece of page that is safe to send as it is. */
export type Html = { readonly html: string };
type Piece = Html | string | number | null | undefined | false | readonly Piece[];

/** Builds a piece of page; every value is escaped unless it is one itself. */
export function html(parts: TemplateStringsArray, ...values: Piece[]): Html {
  return { html: parts.map((part, index) => part + (index < values.length ? render(values[index]) : "")).join("") };
}

function render(value: Piece): string {
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "string" || typeof value === "number") return escape(String(value));
  if (isList(value)) return value.map((piece) => render(piece)).join("");
  return value.html;
}

function isList(value: Piece): value is readonly Piece[] {
  return Array.isArray(value);
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
