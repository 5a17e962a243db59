import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

const zip = promisify(gzip);
const unzip = promisify(gunzip);
/** Several times what an executor hands over: a file that swells to more is not one of ours. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A text as files and objects hold it, readable with `zcat`. */
export async function pack(text: string): Promise<Buffer> {
  return zip(text, { level: 6 });
}

/** Undefined when the bytes are damaged. */
export async function unpack(bytes: Uint8Array): Promise<string | undefined> {
  const text = await unzip(bytes, { maxOutputLength: MAX_BYTES }).catch(() => undefined);
  return text?.toString("utf8");
}
