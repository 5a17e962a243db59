import { readConfig } from "@infraskill/platform/config";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { credentialMissing, githubConfigOf, githubVariables, hasCredential } from "./variables.ts";

const Config = z.object(githubVariables).refine(hasCredential, credentialMissing);
const private_key = "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----";

describe("githubVariables", () => {
  it("take a token", () => {
    const config = readConfig(Config, { GITHUB_REPOSITORY: "acme/skills", GITHUB_TOKEN: "ghp_12345678" });
    expect(githubConfigOf(config)).toEqual({
      api_url: "https://api.github.com",
      repository: "acme/skills",
      auth: { token: "ghp_12345678" },
    });
  });

  it("prefer an App", () => {
    const config = readConfig(Config, {
      GITHUB_API_URL: "http://127.0.0.1:3001/api/v3/",
      GITHUB_REPOSITORY: "acme/skills",
      GITHUB_TOKEN: "ghp_12345678",
      GITHUB_APP_ID: "7",
      GITHUB_APP_PRIVATE_KEY: private_key.replaceAll("\n", String.raw`\n`),
    });
    expect(githubConfigOf(config)).toEqual({
      api_url: "http://127.0.0.1:3001/api/v3",
      repository: "acme/skills",
      auth: { app_id: "7", private_key },
    });
  });

  it.each([
    ["no credential", {}],
    ["an App without its key", { GITHUB_APP_ID: "7" }],
  ])("name what is missing for %s", (_, given) => {
    expect(() => readConfig(Config, { GITHUB_REPOSITORY: "acme/skills", ...given })).toThrow(credentialMissing);
  });
});
