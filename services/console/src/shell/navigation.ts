import { Activity, BookOpen, GitPullRequestArrow, ListOrdered, type LucideIcon, SquareTerminal } from "lucide-react";

/** The rail, in order. `key` follows `g`: `g s` opens Skills. */
export const destinations = [
  { to: "/skills", label: "Skills", key: "s", icon: BookOpen },
  { to: "/pending", label: "Pending", key: "p", icon: GitPullRequestArrow },
  { to: "/executions", label: "Executions", key: "e", icon: SquareTerminal },
  { to: "/tasks", label: "Tasks", key: "t", icon: ListOrdered },
  { to: "/ops", label: "Ops", key: "o", icon: Activity },
] as const satisfies readonly { to: string; label: string; key: string; icon: LucideIcon }[];
