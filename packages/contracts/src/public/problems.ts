/** What a public route that reads may refuse with, and one that takes a body. */
export const read = ["unauthenticated", "forbidden", "not_found", "malformed", "unavailable"] as const;
export const write = [...read, "too_large", "unsupported_media_type", "refused"] as const;
