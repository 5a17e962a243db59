import type { Page } from "playwright-core";

/** What a page says a person did. */
export type Act =
  | { readonly kind: "click" }
  | {
      readonly kind: "key";
      readonly key: string;
      /** With Ctrl, Alt or Meta held. */
      readonly combined: boolean;
      /** Into a field for text. */
      readonly in_text: boolean;
    };

/** How much was done to a page so far. */
export type Counted = { readonly actions: number; readonly tabs: number };

const modifiers: ReadonlySet<string> = new Set(["Control", "Shift", "Alt", "Meta"]);
const writing: ReadonlySet<string> = new Set(["Backspace", "Delete", "ArrowLeft", "ArrowRight", "Home", "End"]);

/** A click, or a key that neither writes nor only moves the focus: Tab is to the keyboard what moving is to the mouse. */
export function isAction(act: Act): boolean {
  if (act.kind === "click") return true;
  const { key, combined, in_text } = act;
  if (modifiers.has(key) || key === "Tab") return false;
  return !(in_text && !combined && (key.length === 1 || writing.has(key)));
}

/** Counts from now on what the page is made to feel, whoever scripts it: browsers tell clicks and keys, and no script's own count. */
export async function countActions(page: Page): Promise<() => Counted> {
  const acts: Act[] = [];
  await page.exposeFunction("tellAct", (act: Act) => void acts.push(act));
  await page.addInitScript({ content: telling });
  await page.evaluate(telling);
  return () => ({
    actions: acts.filter(isAction).length,
    tabs: acts.filter((act) => act.kind === "key" && act.key === "Tab").length,
  });
}

const telling = `
  addEventListener("pointerdown", () => void window.tellAct({ kind: "click" }), { capture: true });
  addEventListener("keydown", ({ key, ctrlKey, altKey, metaKey, repeat, target }) => {
    if (repeat) return;
    const in_text = target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea"));
    void window.tellAct({ kind: "key", key, combined: ctrlKey || altKey || metaKey, in_text });
  }, { capture: true });
`;
