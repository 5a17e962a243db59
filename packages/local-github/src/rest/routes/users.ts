import { canSee } from "../../auth/caller.ts";
import { createRepository } from "../../repositories/create-repository.ts";
import { accountOf, viewProfile } from "../../view/account.ts";
import { viewFullRepository, viewRepository } from "../../view/repository.ts";
import { needString, readBoolean, readString } from "../body.ts";
import { HttpError, notFound, validationFailed } from "../http-error.ts";
import { list, type Context, type Route } from "../route.ts";

export const userRoutes: Route[] = [
  {
    method: "GET",
    path: "/user",
    needs: "user",
    doc: "rest/users/users#get-the-authenticated-user",
    handle: ({ github, caller, actor }) => {
      if (caller.kind === "token" && caller.token.kind !== "personal" && caller.token.kind !== "oauth") {
        throw new HttpError(403, "Resource not accessible by integration");
      }
      return { status: 200, body: viewProfile(github, accountOf(github, actor), true) };
    },
  },
  {
    method: "GET",
    path: "/users/:username",
    needs: "public",
    doc: "rest/users/users#get-a-user",
    handle: ({ github, params }) => {
      const account = github.state.accounts.first({ key: (params["username"] ?? "").toLowerCase() });
      if (account === undefined) throw notFound();
      return { status: 200, body: viewProfile(github, account, false) };
    },
  },
  {
    method: "GET",
    path: "/user/repos",
    needs: "user",
    doc: "rest/repos/repos#list-repositories-for-the-authenticated-user",
    handle: (context) => {
      const { github, caller, page } = context;
      const all = github.state.repositories.find().filter((repository) => canSee(caller, repository));
      const shown = all.slice(page.offset, page.offset + page.per_page);
      return list(
        context,
        shown.map((repository) => viewRepository(github, repository)),
        all.length,
      );
    },
  },
  {
    method: "POST",
    path: "/user/repos",
    needs: "user",
    doc: "rest/repos/repos#create-a-repository-for-the-authenticated-user",
    handle: (context) => create(context, context.actor, undefined),
  },
  {
    method: "POST",
    path: "/orgs/:org/repos",
    needs: "user",
    doc: "rest/repos/repos#create-an-organization-repository",
    handle: (context) => create(context, context.params["org"] ?? "", "Organization"),
  },
];

async function create(context: Context, owner: string, owner_type: "Organization" | undefined) {
  const { github, body, actor, caller } = context;
  if (caller.kind !== "token" || caller.permissions !== null) {
    const allowed = caller.kind === "token" && caller.permissions?.["administration"] === "write";
    if (!allowed) throw new HttpError(403, "Resource not accessible by integration");
  }
  const name = needString(body, "name");
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(name) || name === "." || name === "..") {
    throw validationFailed({ resource: "Repository", code: "custom", field: "name", message: "name is invalid" });
  }
  if (github.state.repositories.first({ key: `${owner}/${name}`.toLowerCase() }) !== undefined) {
    const field = {
      resource: "Repository",
      code: "custom",
      field: "name",
      message: "name already exists on this account",
    };
    throw new HttpError(422, "Repository creation failed.", { errors: [field] });
  }
  const repository = await createRepository(
    github,
    {
      owner,
      name,
      private: readBoolean(body, "private") ?? (readString(body, "visibility") ?? "public") !== "public",
      description: readString(body, "description") ?? null,
      auto_init: readBoolean(body, "auto_init") ?? false,
      ...(owner_type === undefined ? {} : { owner_type }),
    },
    actor,
  );
  const view = viewFullRepository(github, repository, true);
  return { status: 201, body: view, headers: { location: view.url } };
}
