import { Plus } from "lucide-react";
import { useState } from "react";
import { useSkillSearch } from "../api/use-skill-search.ts";
import { Button } from "../ui/button.tsx";
import { PickList } from "../ui/pick-list.tsx";

/** Adds a step: active skills, found by the server's own search. */
export function SkillPicker({ label, onPick }: { label: string; onPick: (name: string) => void }) {
  const [typed, setTyped] = useState("");
  const { skills, answered } = useSkillSearch(typed, { status: "active" });
  return (
    <PickList
      label="Search skills"
      empty={!answered ? "Searching…" : typed.trim() === "" ? "No skill is active." : `Nothing for “${typed}”.`}
      onSearch={setTyped}
      onPick={onPick}
      groups={[
        {
          label: "Active skills",
          items: skills.slice(0, 50).map(({ name, description }) => ({
            id: name,
            content: (
              <span className="min-w-0">
                <span className="block truncate font-mono text-xs font-medium">{name}</span>
                <span className="block truncate text-xs text-faint">{description}</span>
              </span>
            ),
          })),
        },
      ]}
      trigger={
        <Button className="justify-self-start">
          <Plus size={14} aria-hidden /> {label}
        </Button>
      }
    />
  );
}
