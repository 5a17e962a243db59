import { createAppAuth } from "@octokit/auth-app";
import { NotSentError } from "./not-sent.ts";
import type { Octokit } from "@octokit/core";

type Request = Octokit["request"];
type AppAuth = ReturnType<typeof createAppAuth>;
type Hook = AppAuth["hook"];

export type AppCredential = { app_id: string; private_key: string };

/**
 * Signs requests as the App's installation in the repository, which is looked up on first use; `/app` routes are signed as the App itself.
 * @param request of another octokit, which asks for the tokens
 * The hook throws NotSentError when no installation or token could be had.
 */
export function createInstallationHook(
  { app_id, private_key }: AppCredential,
  repository: { owner: string; repo: string },
  request: Request,
): Hook {
  const options = { appId: app_id, privateKey: private_key, request: request as never };
  const app = createAppAuth(options);
  let installation: Promise<AppAuth> | undefined;

  async function findInstallation(): Promise<AppAuth> {
    const { token } = await app({ type: "app" });
    const headers = { authorization: `bearer ${token}` };
    const { data } = await request("GET /repos/{owner}/{repo}/installation", { ...repository, headers });
    return createAppAuth({ ...options, installationId: data.id });
  }

  /** The token is kept until shortly before it ends, so that the hook that follows asks for none. */
  async function readyInstallation(): Promise<AppAuth> {
    try {
      installation ??= findInstallation();
      const auth = await installation;
      await auth({ type: "installation" });
      return auth;
    } catch (cause) {
      // Looked up anew next time: the App may have been installed, or installed again, meanwhile.
      installation = undefined;
      throw new NotSentError("No token for the GitHub App's installation", { cause });
    }
  }

  return async (send, route, parameters) => {
    const endpoint = send.endpoint.merge(route as string, parameters);
    const auth = /^\/app(\/|$)/.test(endpoint.url ?? "") ? app : await readyInstallation();
    return await auth.hook(send, endpoint as never);
  };
}
