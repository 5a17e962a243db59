import { integer, pem, secret, url } from "@infraskill/platform/config";
import { z } from "zod";
import type { GithubConfig } from "./github.ts";

/** The variables by which a process reaches GitHub, to be spread into its own schema; refine that with `hasCredential`. */
export const githubVariables = {
  GITHUB_API_URL: url()
    .default("https://api.github.com")
    .describe("GitHub, an Enterprise Server (https://HOST/api/v3) or the local GitHub"),
  GITHUB_REPOSITORY: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, "must look like owner/name")
    .describe("owner/name of the repository that holds the skills"),
  GITHUB_TOKEN: secret().optional().describe("a fine-grained token, where there is no GitHub App"),
  GITHUB_APP_ID: integer({ min: 1 }).optional().describe("the GitHub App's id"),
  GITHUB_APP_PRIVATE_KEY: pem().optional().describe("the GitHub App's private key"),
};

type Variables = z.infer<z.ZodObject<typeof githubVariables>>;
type Credential = Pick<Variables, "GITHUB_TOKEN" | "GITHUB_APP_ID" | "GITHUB_APP_PRIVATE_KEY">;

export function hasCredential(variables: Credential): boolean {
  return readCredential(variables) !== undefined;
}

export const credentialMissing = "GITHUB_TOKEN, or GITHUB_APP_ID with GITHUB_APP_PRIVATE_KEY, must be set";

/** What `createGithub` needs, but for the log. The App comes first where both are set. */
export function githubConfigOf(variables: Variables): Pick<GithubConfig, "api_url" | "repository" | "auth"> {
  const auth = readCredential(variables);
  if (auth === undefined) throw new Error(credentialMissing);
  return { api_url: variables.GITHUB_API_URL, repository: variables.GITHUB_REPOSITORY, auth };
}

function readCredential(variables: Credential): GithubConfig["auth"] | undefined {
  const { GITHUB_TOKEN: token, GITHUB_APP_ID: app_id, GITHUB_APP_PRIVATE_KEY: private_key } = variables;
  if (app_id !== undefined && private_key !== undefined) return { app_id: String(app_id), private_key };
  return token === undefined ? undefined : { token };
}
