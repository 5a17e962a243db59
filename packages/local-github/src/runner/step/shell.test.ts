import { expect, it } from "vitest";
import { shellCommand } from "./shell.ts";

const find = (program: string): string | undefined => (program === "python" ? undefined : `/bin/${program}`);

it.each([
  [null, "/bin/bash", ["-e", "/s"], "/bin/bash -e {0}"],
  [
    "bash",
    "/bin/bash",
    ["--noprofile", "--norc", "-e", "-o", "pipefail", "/s"],
    "/bin/bash --noprofile --norc -e -o pipefail {0}",
  ],
  ["sh", "/bin/sh", ["-e", "/s"], "/bin/sh -e {0}"],
  ["python", "/bin/python3", ["/s"], "/bin/python3 {0}"],
  ["perl -w {0}", "/bin/perl", ["-w", "/s"], "/bin/perl -w {0}"],
])("%s", (shell, file, args, shown) => {
  expect(shellCommand(shell, "/s", find)).toMatchObject({ file, args, shown });
});

it("falls back to sh where bash is missing", () => {
  expect(shellCommand(null, "/s", (program) => (program === "sh" ? "/bin/sh" : undefined)).args).toEqual(["-e", "/s"]);
});

it("refuses a shell it does not know", () => {
  expect(() => shellCommand("fish", "/s", find)).toThrow("Invalid shell option");
});
