import { createHash } from "node:crypto";
import { unavailable } from "@infraskill/platform/http-problem";
import { AwsClient } from "aws4fetch";
import { fileNameOf, folderOf } from "./log-name.ts";
import type { LogRef, LogStore } from "./log-store.ts";
import { pack, unpack } from "./pack.ts";

export type S3Options = {
  /** Such as `https://s3.eu-central-1.amazonaws.com` or `http://minio:9000`. */
  endpoint: string;
  bucket: string;
  region: string;
  access_key_id: string;
  secret_access_key: string;
  /** The bucket in the path, as MinIO and most others have it; else in the host's name. */
  path_style: boolean;
};

/** Who reads a log waits for it; who keeps one has time. */
const READ_WITHIN_MS = 2_000;
const WRITE_WITHIN_MS = 20_000;

/** Texts as objects `logs/0f/<execution_id>/<job_id>-<hash>.log.gz` of a bucket, by the S3 protocol with signature version 4. */
export function createS3Store({ endpoint, bucket, region, path_style, ...credentials }: S3Options): LogStore {
  const client = new AwsClient({
    accessKeyId: credentials.access_key_id,
    secretAccessKey: credentials.secret_access_key,
    region,
    service: "s3",
    retries: 0,
  });
  const root = bucketUrl(endpoint, bucket, path_style);
  const keyOf = (ref: LogRef) => `${prefixOf(ref.execution_id)}${fileNameOf(ref)}`;

  /** The answer with its bytes; undefined when there is no such object. */
  async function send(method: string, path: string, { body, signal }: Sending = {}): Promise<Buffer | undefined> {
    const limit = AbortSignal.timeout(method === "PUT" ? WRITE_WITHIN_MS : READ_WITHIN_MS);
    const headers = { "x-amz-content-sha256": sha256(body ?? ""), ...(body === undefined ? {} : packed) };
    const init = { method, headers, redirect: "manual", ...(body === undefined ? {} : { body }) } as const;
    try {
      const answer = await client.fetch(`${root}${path}`, {
        ...init,
        signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (answer.ok) return bytes;
      const code = /<Code>(\w{1,60})<\/Code>/.exec(bytes.toString("utf8"))?.[1];
      if (answer.status === 404 && code !== "NoSuchBucket") return undefined;
      throw new Error(`it answered ${answer.status}${code === undefined ? "" : ` ${code}`}`);
    } catch (cause) {
      throw unavailable("The storage that keeps the logs cannot be reached.", { retry_after_s: 10, cause });
    }
  }

  async function listKeys(prefix: string): Promise<string[]> {
    const xml = await send("GET", `?list-type=2&prefix=${encodeURIComponent(prefix.slice(1))}`);
    return [...(xml?.toString("utf8") ?? "").matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = ""]) => key);
  }

  return {
    async put(ref, text) {
      const key = keyOf(ref);
      await send("PUT", key, { body: await pack(text) });
    },
    async get(ref) {
      const bytes = await send("GET", keyOf(ref));
      return bytes === undefined ? undefined : unpack(bytes);
    },
    async deleteAll(execution_ids) {
      for (const prefix of execution_ids.map(prefixOf)) {
        // A list names a thousand at most.
        for (let keys = await listKeys(prefix); keys.length > 0; keys = await listKeys(prefix)) {
          for (const key of keys) await send("DELETE", `/${key}`);
        }
      }
    },
    async check(signal) {
      const bucket_found = await send("HEAD", "", { signal });
      if (bucket_found === undefined) throw new Error("there is no such bucket");
    },
  };
}

type Sending = { body?: Buffer; signal?: AbortSignal };
const packed = { "content-type": "application/gzip" };

function prefixOf(execution_id: string): string {
  return `/logs/${folderOf(execution_id)}/`;
}

function bucketUrl(endpoint: string, bucket: string, path_style: boolean): string {
  if (path_style) return `${endpoint}/${bucket}`;
  const url = new URL(endpoint);
  return `${url.protocol}//${bucket}.${url.host}`;
}

function sha256(body: string | Buffer): string {
  return createHash("sha256").update(body).digest("hex");
}
