import { createHash, randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createToken } from "../auth/tokens.ts";
import type { Github } from "../github.ts";
import { html } from "../pages/html.ts";
import { page } from "../pages/layout.ts";
import { isLocalHost, isSameOrigin } from "../pages/origin.ts";
import { sendPage } from "../pages/send.ts";
import type { GithubApp } from "../state/documents.ts";
import { accountOf } from "../view/account.ts";

type Code = { app_id: number; login: string; redirect_uri: string; challenge: string | null; until_ms: number };

const code_life_ms = 600_000;

/** Web login with an App: a page that asks who it is, a code, a token. Codes work once, for ten minutes, until a restart. */
export function addOauthRoutes(app: FastifyInstance, github: Github): void {
  const codes = new Map<string, Code>();

  app.get<{ Querystring: Record<string, string> }>("/login/oauth/authorize", (request, reply) => {
    const { query } = request;
    const known = github.state.apps.first({ client_id: query["client_id"] ?? "" });
    if (!isLocalHost(github, request) || known === undefined)
      return reply.code(404).type("text/plain").send("Not Found");
    const redirect_uri = redirectUri(known, query["redirect_uri"]);
    if (redirect_uri === undefined) {
      const body = html`<h2>Be careful!</h2>
        <p>The <code>redirect_uri</code> is not associated with this application.</p>`;
      return sendPage(reply.code(400), page("Be careful!", body));
    }
    return sendPage(reply, askPage(github, known, { ...query, redirect_uri }), {
      form_action: new URL(redirect_uri).origin,
    });
  });

  app.post("/login/oauth/authorize", (request, reply) => {
    if (!isSameOrigin(github, request)) return reply.code(403).type("text/plain").send("Forbidden");
    const form = new URLSearchParams(String(request.body));
    const known = github.state.apps.first({ client_id: form.get("client_id") ?? "" });
    const redirect_uri = known === undefined ? undefined : redirectUri(known, form.get("redirect_uri") ?? undefined);
    if (known === undefined || redirect_uri === undefined) return reply.code(404).type("text/plain").send("Not Found");
    const target = new URL(redirect_uri);
    const state = form.get("state");
    if (state !== null && state !== "") target.searchParams.set("state", state);
    if (form.get("decision") !== "authorize") {
      target.searchParams.set("error", "access_denied");
      target.searchParams.set("error_description", "The user has denied your application access.");
      return reply.redirect(target.href, 303);
    }
    const code = randomBytes(10).toString("hex");
    const challenge = form.get("code_challenge");
    codes.set(code, {
      app_id: known.id,
      login: accountOf(github, form.get("login") ?? "octocat").login,
      redirect_uri,
      challenge: challenge === "" ? null : challenge,
      until_ms: Date.now() + code_life_ms,
    });
    target.searchParams.set("code", code);
    return reply.redirect(target.href, 303);
  });

  app.post("/login/oauth/access_token", (request, reply) => {
    const form = fieldsOf(request);
    const known = github.state.apps.first({ client_id: form.get("client_id") ?? "" });
    if (known === undefined || known.client_secret !== form.get("client_secret")) {
      return answer(
        request,
        reply,
        refuse("incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect."),
      );
    }
    const code = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const proven = code?.challenge === null || code?.challenge === sha256(form.get("code_verifier") ?? "");
    if (code === undefined || code.app_id !== known.id || code.until_ms < Date.now() || !proven) {
      return answer(request, reply, refuse("bad_verification_code", "The code passed is incorrect or expired."));
    }
    const given = form.get("redirect_uri");
    if (given !== null && given !== code.redirect_uri) {
      return answer(
        request,
        reply,
        refuse(
          "redirect_uri_mismatch",
          "The redirect_uri MUST match the registered callback URL for this application.",
        ),
      );
    }
    const access_token = createToken(github, { kind: "oauth", login: code.login, permissions: known.permissions });
    return answer(request, reply, { access_token, token_type: "bearer", scope: "" });
  });
}

function askPage(github: Github, app: GithubApp, query: Record<string, string>): string {
  const hidden = ["client_id", "redirect_uri", "state", "code_challenge"].map(
    (name) => html`<input type="hidden" name="${name}" value="${query[name] ?? ""}" />`,
  );
  const body = html`<h2>Authorize ${app.name}</h2>
    <div class="box">
      <div class="body">
        <form class="stack" method="post" action="/login/oauth/authorize">
          ${hidden} <label for="login">Sign in as</label
          ><input
            id="login"
            name="login"
            value="${query["login"] ?? github.config.login ?? "octocat"}"
            required
            pattern="[A-Za-z0-9-]+"
          />
          <div>
            <button class="primary" name="decision" value="authorize">Authorize ${app.name}</button>
            <button name="decision" value="cancel">Cancel</button>
          </div>
        </form>
      </div>
    </div>`;
  return page(`Authorize ${app.name}`, body);
}

/** The wanted address if it is a registered one or lies below one; the first registered one when none is named. */
function redirectUri(app: GithubApp, wanted: string | undefined): string | undefined {
  if (wanted === undefined || wanted === "") return app.redirect_uris[0];
  if (!URL.canParse(wanted)) return undefined;
  const target = new URL(wanted);
  return app.redirect_uris.some((registered) => {
    const allowed = new URL(registered);
    return (
      target.origin === allowed.origin &&
      (target.pathname === allowed.pathname || target.pathname.startsWith(`${allowed.pathname.replace(/\/$/, "")}/`))
    );
  })
    ? wanted
    : undefined;
}

function refuse(error: string, error_description: string): Record<string, string> {
  return {
    error,
    error_description,
    error_uri: `https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/#${error.replaceAll("_", "-")}`,
  };
}

/** GitHub answers as a form unless JSON is asked for, and 200 whatever happened. */
function answer(request: FastifyRequest, reply: FastifyReply, fields: Record<string, string>): FastifyReply {
  if ((request.headers.accept ?? "").includes("json")) return reply.send(fields);
  return reply.type("application/x-www-form-urlencoded; charset=utf-8").send(new URLSearchParams(fields).toString());
}

function fieldsOf(request: FastifyRequest): URLSearchParams {
  const text = typeof request.body === "string" ? request.body : "";
  const query = new URLSearchParams(request.url.split("?")[1] ?? "");
  if (!text.startsWith("{")) return text === "" ? query : new URLSearchParams(text);
  return new URLSearchParams(JSON.parse(text) as Record<string, string>);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
