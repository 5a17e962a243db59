import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signatureHolds } from "./signature.ts";

// https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
const secret = "It's a Secret to Everybody";
const body = Buffer.from("Hello, World!");
const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

describe("signatureHolds", () => {
  it.each([
    ["GitHub's own vector", secret, body, signature, true],
    ["another body", secret, Buffer.from("Hello, World?"), signature, false],
    ["another secret", "secret", body, signature, false],
    ["no signature", secret, body, undefined, false],
    ["an empty one", secret, body, "", false],
    ["one without its prefix", secret, body, signature.slice(7), false],
    ["a cut one", secret, body, signature.slice(0, -2), false],
    ["a longer one", secret, body, `${signature}00`, false],
    ["the older SHA-1", secret, body, `sha1=${createHmac("sha1", secret).update(body).digest("hex")}`, false],
    ["upper-case digits", secret, body, signature.toUpperCase().replace("SHA256", "sha256"), false],
  ])("judges %s", (_what, secret, body, signature, holds) => {
    expect(signatureHolds(secret, body, signature)).toBe(holds);
  });
});
