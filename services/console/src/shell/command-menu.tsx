import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { ListOrdered, Moon, Play, Plus, Settings, Sun } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useMay } from "../api/use-me.ts";
import { useSkillSearch } from "../api/use-skill-search.ts";
import { StatusIcon } from "../status/status-badge.tsx";
import { revisionLooks } from "../status/status-looks.ts";
import { destinations } from "./navigation.ts";
import { chooseTheme } from "./theme.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** ⌘K: pages, skills by the server's own search, an execution or a task by its id. */
export default function CommandMenu({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const mayWrite = useMay("author");
  const mayRun = useMay("operator");
  const [typed, setTyped] = useState("");
  const { skills } = useSkillSearch(typed);
  const pick = (act: () => unknown) => () => {
    onClose();
    void act();
  };
  const matches = (label: string): boolean => label.toLowerCase().includes(typed.trim().toLowerCase());
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      label="Go to"
      shouldFilter={false}
      overlayClassName="fixed inset-0 z-40 bg-[oklch(0.15_0.02_240/0.45)]"
      contentClassName="fixed inset-x-2 top-[12vh] z-50 mx-auto max-w-xl overflow-hidden rounded-lg border border-line-strong bg-panel shadow-pop"
    >
      <Command.Input
        value={typed}
        onValueChange={setTyped}
        placeholder="A skill, a page, the id of an execution or a task"
        className="h-11 w-full border-b border-line bg-transparent px-4 text-base outline-none"
      />
      <Command.List className="max-h-[60vh] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-center text-soft">Nothing for “{typed}”</Command.Empty>
        {uuid.test(typed.trim()) &&
          (["/executions/$id", "/tasks/$id"] as const).map((to) => (
            <Item key={to} onSelect={pick(() => navigate({ to, params: { id: typed.trim().toLowerCase() } }))}>
              {to === "/tasks/$id" ? "Task" : "Execution"} <code className="font-mono text-xs">{typed.trim()}</code>
            </Item>
          ))}
        {skills.length > 0 && (
          <Command.Group heading="Skills" className={groupClass}>
            {skills.slice(0, 12).map((skill) => (
              <Item
                key={skill.name}
                value={`skill ${skill.name}`}
                onSelect={pick(() => navigate({ to: "/skills/$name", params: { name: skill.name } }))}
              >
                <StatusIcon look={revisionLooks[skill.status]} />
                <span className="max-w-[60%] shrink-0 truncate font-mono text-xs">{skill.name}</span>
                <span className="min-w-0 truncate text-xs text-faint">{skill.description}</span>
                {skill.status === "active" && <Play size={12} aria-hidden className="ml-auto shrink-0 text-faint" />}
              </Item>
            ))}
          </Command.Group>
        )}
        <Command.Group heading="Go to" className={groupClass}>
          {destinations
            .filter(({ label }) => matches(label))
            .map(({ to, label, icon: Icon }) => (
              <Item key={to} onSelect={pick(() => navigate({ to }))}>
                <Icon size={14} aria-hidden className="text-soft" /> {label}
              </Item>
            ))}
          {matches("Settings") && (
            <Item onSelect={pick(() => navigate({ to: "/settings" }))}>
              <Settings size={14} aria-hidden className="text-soft" /> Settings
            </Item>
          )}
        </Command.Group>
        <Command.Group heading="Do" className={groupClass}>
          {mayWrite && matches("New skill") && (
            <Item onSelect={pick(() => navigate({ to: "/skills/new" }))}>
              <Plus size={14} aria-hidden className="text-soft" /> New skill
            </Item>
          )}
          {mayRun && matches("New task") && (
            <Item onSelect={pick(() => navigate({ to: "/tasks/new" }))}>
              <ListOrdered size={14} aria-hidden className="text-soft" /> New task
            </Item>
          )}
          {matches("Light theme") && (
            <Item onSelect={pick(() => chooseTheme("light"))}>
              <Sun size={14} aria-hidden className="text-soft" /> Light theme
            </Item>
          )}
          {matches("Dark theme") && (
            <Item onSelect={pick(() => chooseTheme("dark"))}>
              <Moon size={14} aria-hidden className="text-soft" /> Dark theme
            </Item>
          )}
        </Command.Group>
      </Command.List>
    </Command.Dialog>
  );
}

const groupClass =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-soft";

function Item({ value, onSelect, children }: { value?: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item
      {...(value === undefined ? {} : { value })}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-sunken"
    >
      {children}
    </Command.Item>
  );
}
