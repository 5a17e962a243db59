import { executionStatuses } from "@infraskill/contracts/execution-machine";
import { ExecutionQuery, TaskQuery } from "@infraskill/contracts/queries";
import { taskStatuses } from "@infraskill/contracts/task-machine";
import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { queryClient } from "./api/query-client.ts";
import { isRefused } from "./api/refused.ts";
import { meQuery } from "./api/use-me.ts";
import { choiceParam, fittingParam, jsonParam, numberParam, textParam } from "./lib/search-params.ts";
import { AppShell } from "./shell/app-shell.tsx";
import { skillSorts } from "./skills/sort-skills.ts";
import { BrokenPage } from "./shell/broken-page.tsx";
import { NotFoundPage } from "./shell/not-found-page.tsx";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

/** Only a path of this console: a sign-in link must not lead to another site. */
const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (search) => {
    const { to } = textParam(search, "to");
    return to !== undefined && /^\/(?![/\\])/.test(to) ? { to } : {};
  },
  component: lazyRouteComponent(() => import("./session/login-page.tsx"), "LoginPage"),
});

const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (isRefused(error, 401)) throw redirect({ to: "/login", search: { to: location.href } });
      throw error;
    }
  },
  component: AppShell,
  errorComponent: BrokenPage,
});

const home = createRoute({
  getParentRoute: () => app,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/skills" });
  },
});

const skills = createRoute({
  getParentRoute: () => app,
  path: "/skills",
  staticData: { crumbs: () => [{ label: "Skills" }] },
  validateSearch: (search) => ({
    ...textParam(search, "q"),
    ...textParam(search, "category"),
    ...choiceParam(search, "sort", skillSorts),
    ...choiceParam(search, "view", ["cards", "table"]),
    ...choiceParam(search, "show", ["active", "all"]),
  }),
  component: lazyRouteComponent(() => import("./skills/skills-page.tsx"), "SkillsPage"),
});

const skillTabs = ["run", "yaml", "revisions", "history", "about"] as const;

const skill = createRoute({
  getParentRoute: () => app,
  path: "/skills/$name",
  staticData: { crumbs: ({ name }) => [{ label: "Skills", to: "/skills" }, { label: name ?? "" }] },
  validateSearch: (search) => ({
    ...choiceParam(search, "tab", skillTabs),
    ...numberParam(search, "revision"),
    ...jsonParam(search, "inputs"),
  }),
  component: lazyRouteComponent(() => import("./skill/skill-page.tsx"), "SkillPage"),
});

const newSkill = createRoute({
  getParentRoute: () => app,
  path: "/skills/new",
  staticData: { crumbs: () => [{ label: "Skills", to: "/skills" }, { label: "New" }] },
  validateSearch: (search) => textParam(search, "name"),
  component: lazyRouteComponent(() => import("./builder/new-skill-page.tsx"), "NewSkillPage"),
});

const draft = createRoute({
  getParentRoute: () => app,
  path: "/drafts/$id",
  staticData: {
    crumbs: () => [{ label: "Skills", to: "/skills" }, { label: "New", to: "/skills/new" }, { label: "Draft" }],
  },
  component: lazyRouteComponent(() => import("./builder/builder-page.tsx"), "DraftPage"),
});

const revise = createRoute({
  getParentRoute: () => app,
  path: "/skills/$name/revise",
  staticData: {
    crumbs: ({ name }) => [
      { label: "Skills", to: "/skills" },
      { label: name ?? "", to: `/skills/${name}` },
      { label: "Revise" },
    ],
  },
  component: lazyRouteComponent(() => import("./builder/builder-page.tsx"), "RevisePage"),
});

const rule = createRoute({
  getParentRoute: () => app,
  path: "/rules/$id",
  staticData: { crumbs: ({ id }) => [{ label: "Rules" }, { label: id ?? "" }] },
  component: lazyRouteComponent(() => import("./rules/rule-page.tsx"), "RulePage"),
});

const pending = createRoute({
  getParentRoute: () => app,
  path: "/pending",
  staticData: { crumbs: () => [{ label: "Pending" }] },
  component: lazyRouteComponent(() => import("./pending/pending-page.tsx"), "PendingPage"),
});

const executions = createRoute({
  getParentRoute: () => app,
  path: "/executions",
  staticData: { crumbs: () => [{ label: "Executions" }] },
  validateSearch: (search) => ({
    ...fittingParam(search, "q", ExecutionQuery.shape.q),
    ...fittingParam(search, "skill", ExecutionQuery.shape.skill),
    ...choiceParam(search, "status", executionStatuses),
    ...fittingParam(search, "requested_by", ExecutionQuery.shape.requested_by),
    ...fittingParam(search, "input", ExecutionQuery.shape.input),
    ...fittingParam(search, "since", ExecutionQuery.shape.since),
    ...fittingParam(search, "until", ExecutionQuery.shape.until),
    ...fittingParam(search, "task_id", ExecutionQuery.shape.task_id),
  }),
  component: lazyRouteComponent(() => import("./executions/executions-page.tsx"), "ExecutionsPage"),
});

const executionTabs = ["log", "data", "history"] as const;

const execution = createRoute({
  getParentRoute: () => app,
  path: "/executions/$id",
  staticData: { crumbs: ({ id }) => [{ label: "Executions", to: "/executions" }, { label: (id ?? "").slice(0, 8) }] },
  validateSearch: (search) => ({
    ...choiceParam(search, "tab", executionTabs),
    ...numberParam(search, "job"),
    ...numberParam(search, "line"),
    ...textParam(search, "find"),
  }),
  component: lazyRouteComponent(() => import("./execution/execution-page.tsx"), "ExecutionPage"),
});

const tasks = createRoute({
  getParentRoute: () => app,
  path: "/tasks",
  staticData: { crumbs: () => [{ label: "Tasks" }] },
  validateSearch: (search) => ({
    ...fittingParam(search, "q", TaskQuery.shape.q),
    ...fittingParam(search, "skill", TaskQuery.shape.skill),
    ...choiceParam(search, "status", taskStatuses),
    ...fittingParam(search, "requested_by", TaskQuery.shape.requested_by),
    ...fittingParam(search, "since", TaskQuery.shape.since),
    ...fittingParam(search, "until", TaskQuery.shape.until),
  }),
  component: lazyRouteComponent(() => import("./tasks/tasks-page.tsx"), "TasksPage"),
});

const newTask = createRoute({
  getParentRoute: () => app,
  path: "/tasks/new",
  staticData: { crumbs: () => [{ label: "Tasks", to: "/tasks" }, { label: "New" }] },
  validateSearch: (search) => jsonParam(search, "plan"),
  component: lazyRouteComponent(() => import("./compose/compose-page.tsx"), "ComposePage"),
});

const taskTabs = ["steps", "data", "history"] as const;

const task = createRoute({
  getParentRoute: () => app,
  path: "/tasks/$id",
  staticData: { crumbs: ({ id }) => [{ label: "Tasks", to: "/tasks" }, { label: (id ?? "").slice(0, 8) }] },
  validateSearch: (search) => choiceParam(search, "tab", taskTabs),
  component: lazyRouteComponent(() => import("./task/task-page.tsx"), "TaskPage"),
});

const ops = createRoute({
  getParentRoute: () => app,
  path: "/ops",
  staticData: { crumbs: () => [{ label: "Ops" }] },
  component: lazyRouteComponent(() => import("./ops/ops-page.tsx"), "OpsPage"),
});

const settings = createRoute({
  getParentRoute: () => app,
  path: "/settings",
  staticData: { crumbs: () => [{ label: "Settings" }] },
  component: lazyRouteComponent(() => import("./settings/settings-page.tsx"), "SettingsPage"),
});

export const routeTree = root.addChildren([
  login,
  app.addChildren([
    home,
    skills,
    newSkill,
    skill,
    draft,
    revise,
    rule,
    pending,
    executions,
    execution,
    tasks,
    newTask,
    task,
    ops,
    settings,
  ]),
]);
