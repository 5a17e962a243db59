import { expect, it } from "vitest";
import { createLogger } from "./logger.ts";

it("writes JSON lines with the service's name and no credential, not even in an error's stack", () => {
  const lines: string[] = [];
  const log = createLogger({ service: "gateway", level: "debug", to: { write: (line) => void lines.push(line) } });
  log.child({ request_id: "r1" }).error({ err: new Error("bad isk_0123456789"), url: "redis://:pw@h" }, "Call failed");
  log.trace("below the level");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    level: "error",
    service: "gateway",
    request_id: "r1",
    msg: "Call failed",
    url: "redis://:[redacted]@h",
    err: { message: "bad [redacted]" },
  });
  expect(lines[0]).not.toContain("isk_");
});
