import type { Failure } from "./outcome.ts";
import { expect, it } from "vitest";
import { waitAfter } from "./waiting.ts";

const refused = (status: number): Failure => ({ kind: "refused", status, message: "no", errors: [] });

it.each<[string, Failure, number | undefined]>([
  ["never earlier than a limit says", { kind: "limited", retry_after_ms: 3_601_000, message: "" }, 3_601_000],
  ["shortly when GitHub is out of reach", { kind: "not_sent", message: "" }, 10_000],
  ["shortly after an unknown outcome", { kind: "unknown", message: "" }, 10_000],
  ["until the credential is repaired", { kind: "unauthorised", message: "" }, 60_000],
  ["until a permission is granted", refused(403), 60_000],
  ["until the repository can be seen", refused(404), 60_000],
  ["until the repository's new address is configured", refused(301), 60_000],
  ["not at all when the content is declined", refused(422), undefined],
])("waits %s", (_, failure, wait) => {
  expect(waitAfter(failure)).toBe(wait);
});
