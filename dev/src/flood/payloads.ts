import { createHash, createHmac, randomUUID } from "node:crypto";
import { createRequire } from "node:module";

export interface Webhook {
  readonly guid: string;
  readonly hash: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
type Example = { readonly name: string; readonly examples: readonly object[] };

// A package of one JSON file.
const require = createRequire(import.meta.url);

/** Makes webhooks of the payloads GitHub has sent, in turn. Each has a first member of its own, because a body is kept once. */
export function webhookMaker(secret: string): () => Webhook {
  const examples = require("@octokit/webhooks-examples") as readonly Example[];
  const payloads = examples.flatMap(({ name, examples }) =>
    examples.map((payload) => ({ name, members: JSON.stringify(payload).slice(1) })),
  );
  let made = 0;
  return () => {
    const { name, members } = payloads[made % payloads.length] ?? { name: "ping", members: "}" };
    made += 1;
    const body = Buffer.from(`{"flood_number":${made},${members}`);
    const guid = randomUUID();
    return {
      guid,
      hash: createHash("sha256").update(body).digest("hex"),
      headers: {
        "content-type": "application/json",
        "x-github-event": name,
        "x-github-delivery": guid,
        "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      },
      body,
    };
  };
}
