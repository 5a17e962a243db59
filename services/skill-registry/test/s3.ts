import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "@20minutes/s3rver";
import type { S3Options } from "../src/logs/stores/s3-store.ts";

/** A storage that speaks the S3 protocol and verifies signatures, with one empty bucket; it can be away for a while. */
export async function startS3() {
  const directory = await mkdtemp(join(tmpdir(), "infraskill-s3-"));
  const options = { address: "127.0.0.1", silent: true, directory, configureBuckets: [{ name: "the-logs" }] };
  const start = async (port: number) => {
    const server = new S3rver({ ...options, port });
    const address = await server.run();
    return { server, port: address.port };
  };
  let { server, port } = await start(0);
  const s3: S3Options = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: "the-logs",
    region: "eu-central-1",
    access_key_id: "S3RVER",
    secret_access_key: "S3RVER",
    path_style: true,
  };
  return {
    s3,
    leave: async () => {
      server.httpServer.closeAllConnections();
      await server.close();
    },
    comeBack: async () => {
      ({ server, port } = await start(port));
    },
    /** The files behind the objects. */
    keys: () => readdir(directory, { recursive: true }),
    stop: async () => {
      server.httpServer.closeAllConnections();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
