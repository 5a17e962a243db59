import { useSyncExternalStore } from "react";

export type ThemeChoice = "light" | "dark" | "system";

const key = "infraskill.theme";
const listeners = new Set<() => void>();
const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", show);

/** public/theme.js reads the same key before the first paint. */
export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(key, choice);
  show();
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, readChoice);
}

function readChoice(): ThemeChoice {
  const kept = localStorage.getItem(key);
  return kept === "light" || kept === "dark" ? kept : "system";
}

function show(): void {
  const choice = readChoice();
  document.documentElement.dataset["theme"] = choice === "system" ? (system.matches ? "dark" : "light") : choice;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
