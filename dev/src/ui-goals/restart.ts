import { setTimeout as delay } from "node:timers/promises";
import type { Figure } from "./goal.ts";
import { settled } from "./pages.ts";
import type { Stage } from "./stage.ts";

const lines = 120;

const talker = {
  name: "talker",
  title: "Talk for a while",
  description: "Prints a line every tenth of a second.",
  category: "test",
  inputs_schema: { type: "object", properties: {} },
  outputs_schema: { type: "object", properties: {} },
  commands: [{ run: `for line in $(seq 1 ${lines}); do printf 'sa%s %s\\n' id "$line"; sleep 0.1; done` }],
};

/** The gateway is killed while somebody watches a run: how long until the page lives again, and what it misses of the log. */
export async function measureRestart({ system, console: browser }: Stage): Promise<Figure[]> {
  const { gateway_url, admin_token, processes } = system.endpoints;
  await system.makeActive(talker);
  const started = await system.api.executeSkill({ params: { name: talker.name }, body: { inputs: {} } });
  if (!started.ok) throw new Error(started.problem.detail);
  const page = await browser.open(`/executions/${started.body.execution_id}`);
  await settled(page);
  const live = page.getByRole("status").getByText("Live", { exact: true });
  await live.waitFor();
  await page
    .getByRole("button", { name: /\bExecute\b/i })
    .first()
    .waitFor();

  const since = performance.now();
  process.kill(processes["gateway"]!, "SIGKILL");
  await live.waitFor({ state: "detached" });
  await live.waitFor();
  const seconds = (performance.now() - since) / 1_000;

  await page.getByText("Succeeded", { exact: true }).first().waitFor({ timeout: 60_000 });
  await page.getByRole("searchbox", { name: "Search in the log" }).fill("said ");
  const found = page.getByRole("region", { name: "Log", exact: true }).getByText(new RegExp(`^\\d+ of ${lines}$`));
  await found.waitFor({ timeout: 10_000 }).catch(() => undefined);
  const shown = Number(
    (
      await page
        .getByRole("region", { name: "Log", exact: true })
        .getByText(/^\d+ of \d+$/)
        .textContent()
    )
      ?.split(" ")
      .at(-1),
  );
  await page.context().close();
  await back(gateway_url, admin_token);
  return [
    { goal: "live again after the gateway was killed", value: seconds, unit: "s", bound: 5, better: "less" },
    {
      goal: "log lines lost by it",
      value: lines - shown,
      unit: "",
      bound: 0,
      better: "less",
      note: `${shown} of ${lines} shown`,
    },
  ];
}

async function back(gateway_url: string, token: string): Promise<void> {
  const up = () =>
    fetch(`${gateway_url}/api/me`, { headers: { authorization: `Bearer ${token}` } }).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await up())) await delay(100);
}
