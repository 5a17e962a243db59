import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { percentile } from "../bench/measure.ts";
import type { Figure } from "./goal.ts";
import { editorShown, settled } from "./pages.ts";
import type { Stage } from "./stage.ts";

const lines = 400;
const keystrokes = 60;

/** From the key to the problem it makes or ends, in a skill file of 400 lines. */
export async function measureTyping(stage: Stage): Promise<Figure[]> {
  const page = await stage.console.open("/skills/new");
  await settled(page);
  await page.getByRole("button", { name: /Import a workflow/ }).click();
  await page.getByRole("textbox", { name: "Or paste it" }).fill(longFile());
  await page.getByRole("button", { name: "Open it" }).click();
  await editorShown(page);
  const status = page.getByRole("region", { name: "Problems" }).locator("header");
  await status.filter({ hasText: "Valid" }).waitFor();
  // Behind the number of minutes of a time limit, where a letter is a problem.
  await page.locator(".cm-line", { hasText: "timeout-minutes: 30" }).click();
  await page.keyboard.press("End");
  await page.evaluate(watching);

  const times: number[] = [];
  for (let n = 0; n < keystrokes; n++) {
    await page.evaluate("void watchProblems()");
    await page.keyboard.press(n % 2 === 0 ? "x" : "Backspace");
    times.push(await page.evaluate<number>("window.problemsChanged"));
    // The server's word on this text must not be taken for the answer to the next key.
    await status.filter({ hasText: /Valid|\d errors?/ }).waitFor();
  }
  await page.context().close();
  const note = `${lines} lines, p50 ${percentile(times, 0.5).toFixed(0)} ms of ${keystrokes} keys`;
  return [
    {
      goal: "keystroke to diagnostic, p95",
      value: percentile(times, 0.95),
      unit: "ms",
      bound: 150,
      better: "less",
      note,
    },
  ];
}

function longFile(): string {
  const script = (number: number) =>
    Array.from({ length: 16 }, (_, line) => `echo "part ${number}, line ${line}"`).join("\n");
  const definition = { name: "long-skill", inputs_schema: {}, outputs_schema: {} };
  const commands = Array.from({ length: 14 }, (_, number) => ({ name: `Part ${number}`, run: script(number) }));
  const text = generateSkillFile({ ...definition, commands });
  return text + "# the rest is words\n".repeat(Math.max(0, lines - text.split("\n").length + 1));
}

/** After `watchProblems()`, `problemsChanged` is how long the list of problems took from the next key to its next change, in ms. */
const watching = `
  let key;
  addEventListener("keydown", () => (key = performance.now()), { capture: true });
  window.watchProblems = () => {
    key = undefined;
    window.problemsChanged = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("no problem came or went")), 10_000);
      const observer = new MutationObserver(() => {
        if (key === undefined) return;
        observer.disconnect();
        resolve(performance.now() - key);
      });
      const list = document.querySelector("section[aria-label=Problems] ul");
      observer.observe(list, { childList: true, subtree: true, characterData: true });
    });
  };
`;
