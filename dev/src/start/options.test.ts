import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("without anything said, data is in the clone", () => {
  const options = readOptions([], {}, "/clone");
  expect(options).toMatchObject({ data_dir: "/clone/.infraskill", help: false, verbose: false });
});

test("reads arguments and variables", () => {
  const env = { INFRASKILL_DATA_DIR: "/elsewhere", GATEWAY_PORT: "0", REDIS_URL: "redis://127.0.0.1:6379" };
  const options = readOptions(["--verbose", "--started-at=1795366441000"], env, "/clone");
  expect(options).toMatchObject({ data_dir: "/elsewhere", verbose: true, started_at: 1_795_366_441_000 });
  expect(options.variables).toMatchObject({ GATEWAY_PORT: 0, REDIS_URL: "redis://127.0.0.1:6379" });
});

test.for([
  [["--verbos"], {}, "--verbos is not an option; see --help"],
  [[], { GATEWAY_PORT: "many" }, "GATEWAY_PORT must be"],
  [[], { DATABASE_URL: "mysql://localhost" }, "DATABASE_URL must be a URL starting with postgres:// or postgresql://"],
] as const)("refuses %j %j", ([args, env, message]) => {
  expect(() => readOptions(args, env, "/clone")).toThrow(message);
});
