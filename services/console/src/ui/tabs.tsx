import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export type Tab<Id extends string> = { id: Id; label: ReactNode; content: () => ReactNode };

/** Tabs whose choice is kept by the caller, in the URL. Only the open one is rendered. */
export function Tabs<Id extends string>({
  tabs,
  value,
  onChange,
  label,
}: {
  tabs: readonly Tab<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  label: string;
}) {
  return (
    <Radix.Root value={value} onValueChange={(id) => onChange(id as Id)}>
      <Radix.List aria-label={label} className="mb-4 flex gap-4 overflow-x-auto border-b border-line">
        {tabs.map(({ id, label }) => (
          <Radix.Trigger
            key={id}
            value={id}
            className="-mb-px border-b-2 border-transparent px-0.5 pt-1 pb-2 font-medium whitespace-nowrap text-soft -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ id, content }) => (
        <Radix.Content key={id} value={id} tabIndex={-1} className="outline-none">
          {id === value && content()}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
