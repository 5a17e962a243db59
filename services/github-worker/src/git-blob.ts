import { createHash } from "node:crypto";

/** The id git gives a file with this content: SHA-1 of `blob <bytes>\0<content>`. */
export function blobSha(content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
