import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "@infraskill/embedded/cannot-start";
import { z } from "zod";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

const Secrets = z.object({
  admin_token: z.string(),
  registry_token: z.string(),
  webhook_secret: z.string(),
  github_token: z.string(),
  callback_secret: z.string().default(() => randomBytes(32).toString("hex")),
});
export type Secrets = z.infer<typeof Secrets>;

/**
 * The credentials of this data directory: made by the first start, found again by every later one. A given one is used
 * instead and not kept.
 * @throws {CannotStart} when the file cannot be read: new credentials would lock out everybody who has the old ones
 */
export function prepareSecrets(
  data_dir: string,
  given: { readonly [name in keyof Secrets]?: string | undefined },
): Secrets {
  const file = join(data_dir, "secrets.json");
  const kept = existsSync(file) ? readSecrets(file) : generateSecrets();
  writeJsonFile(file, kept);
  return {
    admin_token: given.admin_token ?? kept.admin_token,
    registry_token: given.registry_token ?? kept.registry_token,
    webhook_secret: given.webhook_secret ?? kept.webhook_secret,
    github_token: given.github_token ?? kept.github_token,
    callback_secret: given.callback_secret ?? kept.callback_secret,
  };
}

function readSecrets(file: string): Secrets {
  const read = Secrets.safeParse(readJsonFile(file));
  if (read.success) return read.data;
  throw new CannotStart(
    `${file} holds no credentials that can be read. Put it back, or delete it to have new ones made.`,
  );
}

function generateSecrets(): Secrets {
  return Secrets.parse({
    admin_token: `isk_${randomBytes(32).toString("base64url")}`,
    registry_token: randomBytes(32).toString("base64url"),
    webhook_secret: randomBytes(32).toString("base64url"),
    // The shape of GitHub's personal tokens, so that whatever hides those in logs hides this one.
    github_token: `ghp_${randomBytes(18).toString("hex")}`,
  });
}
