import type { Ops } from "@infraskill/contracts/ops";
import { capitalise } from "../lib/capitalise.ts";
import { Age } from "../ui/age.tsx";
import { Panel } from "../ui/page.tsx";

/** What infraskill does again and again by itself. */
export function ChorePanel({ chores }: { chores: Ops["chores"] }) {
  return (
    <Panel title="Chores" flush>
      <ul className="divide-y divide-line">
        {chores.map(({ name, does, last_done_at, failure }) => (
          <li key={name} className="px-3 py-1.5">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span>{capitalise(does)}</span>
              <span className="text-xs text-faint">
                {last_done_at === null ? "not yet" : <Age at={last_done_at} />}
              </span>
            </p>
            {failure !== null && <p className="break-words text-bad">{failure}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
