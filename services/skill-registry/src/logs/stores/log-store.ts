/** Where the text of logs can be kept; the default first. */
export const storeKinds = ["postgres", "files", "s3"] as const;
export type StoreKind = (typeof storeKinds)[number];

/** Names one text: the log of a job, by the SHA-256 of its UTF-8 in hexadecimal. Another text is another ref, so none ever replaces one that is read. */
export type LogRef = { readonly execution_id: string; readonly job_id: number; readonly hash: string };

/** Keeps the text of logs. Where the storage cannot be reached, calls reject with what the HTTP server answers as 503. */
export type LogStore = {
  /** Resolves once all of the text is kept: a reader sees all or nothing of it. May be repeated. */
  put(ref: LogRef, text: string): Promise<void>;
  /** Undefined when there is no such text, or it is damaged. */
  get(ref: LogRef): Promise<string | undefined>;
  /** Deletes every text of these executions, also those that no row names. May be repeated. */
  deleteAll(execution_ids: readonly string[]): Promise<void>;
  /** Rejects with what is wrong. */
  check(signal: AbortSignal): Promise<void>;
};
