import { Link2 } from "lucide-react";
import { IconButton } from "../ui/button.tsx";
import { PickList } from "../ui/pick-list.tsx";
import type { ReferenceGroup } from "./references.ts";

/** Takes a value from the task's inputs or from what an earlier step brings. */
export function ReferencePicker({
  name,
  groups,
  onPick,
}: {
  name: string;
  groups: readonly ReferenceGroup[];
  onPick: (expression: string) => void;
}) {
  return (
    <PickList
      label={`Take ${name} from`}
      empty="Nothing to take it from: add a task input above, or a step with outputs before this one."
      onPick={onPick}
      groups={groups.map(({ label, references }) => ({
        label,
        items: references.map(({ expression, name, type }) => ({
          id: expression,
          content: (
            <>
              <span className="min-w-0 truncate font-mono text-xs">{name}</span>
              <span className="ml-auto shrink-0 text-xs text-faint">{type}</span>
            </>
          ),
        })),
      }))}
      trigger={
        <IconButton label={`Take ${name} from the task or an earlier step`} look="outline">
          <Link2 size={14} aria-hidden />
        </IconButton>
      }
    />
  );
}
