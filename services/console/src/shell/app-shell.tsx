import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { Command, Settings } from "lucide-react";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { cn } from "../lib/class-names.ts";
import { useLiveFeed } from "../live/use-live.ts";
import { Breadcrumb } from "./breadcrumb.tsx";
import { LiveDot } from "./live-dot.tsx";
import { destinations } from "./navigation.ts";
import { ShortcutList } from "./shortcut-list.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { ThemeMenu } from "./theme-menu.tsx";
import { UserMenu } from "./user-menu.tsx";

const CommandMenu = lazy(() => import("./command-menu.tsx"));

/** Rail at the left (at the bottom of a phone), bar on top, page in the middle. */
export function AppShell() {
  useLiveFeed();
  const [menu, setMenu] = useState(false);
  const [help, setHelp] = useState(false);
  const navigate = useNavigate();

  const actions = useMemo(
    () => ({
      ...Object.fromEntries(destinations.map(({ key, to }) => [`g ${key}`, () => void navigate({ to })])),
      n: () => void navigate({ to: "/skills/new" }),
      "/": focusSearch,
      "?": () => setHelp(true),
    }),
    [navigate],
  );
  useShortcuts(actions);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setMenu((open) => !open);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[3rem_minmax(0,1fr)_auto] sm:grid-cols-[3.5rem_minmax(0,1fr)] sm:grid-rows-[3rem_minmax(0,1fr)] xl:grid-cols-[12.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="absolute top-1 left-1 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <header className="flex items-center gap-1 border-b border-line bg-panel pr-2 sm:col-span-2">
        <Link
          to="/skills"
          aria-label="infraskill, to the skills"
          className="flex h-12 shrink-0 items-center gap-2 pl-3.5 text-base font-semibold tracking-[-0.01em] xl:w-[12.5rem]"
        >
          <img src="/favicon.svg" alt="" width={22} height={22} />
          <span className="max-xl:hidden">infraskill</span>
        </Link>
        <Breadcrumb />
        <div className="ml-auto flex shrink-0 items-center gap-0.5">
          <button
            type="button"
            onClick={() => setMenu(true)}
            className="mr-1 flex h-7 items-center gap-2 rounded-md border border-line bg-sunken px-2 text-xs text-soft hover:border-line-strong hover:text-ink"
          >
            <Command size={13} aria-hidden />
            <span className="max-sm:sr-only">Go to…</span>
            <kbd className="font-mono text-2xs max-sm:hidden">Ctrl K</kbd>
          </button>
          <LiveDot />
          <ThemeMenu />
          <UserMenu onShortcuts={() => setHelp(true)} />
        </div>
      </header>
      <nav
        aria-label="Main"
        className="flex border-line bg-panel max-sm:order-last max-sm:border-t sm:flex-col sm:gap-0.5 sm:border-r sm:p-2"
      >
        {destinations.map(({ to, label, icon: Icon, key }) => (
          <Link
            key={to}
            to={to}
            title={`${label} (g ${key})`}
            className={railClass}
            activeProps={{ className: railActive }}
          >
            <Icon size={16} aria-hidden className="shrink-0" />
            <span className="max-sm:text-2xs max-sm:tracking-tight sm:max-xl:sr-only">{label}</span>
          </Link>
        ))}
        <Link
          to="/settings"
          title="Settings"
          className={cn(railClass, "sm:mt-auto")}
          activeProps={{ className: railActive }}
        >
          <Settings size={16} aria-hidden className="shrink-0" />
          <span className="max-sm:text-2xs max-sm:tracking-tight sm:max-xl:sr-only">Settings</span>
        </Link>
      </nav>
      <main id="main" tabIndex={-1} className="min-w-0 overflow-y-auto outline-none">
        <Outlet />
      </main>
      {menu && (
        <Suspense>
          <CommandMenu onClose={() => setMenu(false)} />
        </Suspense>
      )}
      <ShortcutList open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

const railClass =
  "flex items-center gap-2.5 rounded-md font-medium text-soft hover:bg-sunken hover:text-ink max-sm:min-w-0 max-sm:flex-1 max-sm:flex-col max-sm:gap-0.5 max-sm:rounded-none max-sm:py-1.5 sm:h-8 sm:px-2.5 sm:max-xl:justify-center";
const railActive = "bg-accent-soft text-accent! hover:bg-accent-soft";

function focusSearch(): void {
  document.querySelector<HTMLInputElement>("main input[type=search]")?.focus();
}
