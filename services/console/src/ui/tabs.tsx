import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../lib/class-names.ts";

export type Tab<Id extends string> = { id: Id; label: ReactNode; content: () => ReactNode };

/** Tabs whose choice is kept by the caller, in the URL. Only the open one is rendered. */
export function Tabs<Id extends string>({
  tabs,
  value,
  onChange,
  label,
  fill = false,
}: {
  tabs: readonly Tab<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  label: string;
  /** The content takes the height that is left in a page that is filled. */
  fill?: boolean;
}) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(id) => onChange(id as Id)}
      className={fill ? "lg:flex lg:min-h-0 lg:grow lg:flex-col" : undefined}
    >
      <Radix.List aria-label={label} className="mb-4 flex shrink-0 gap-4 overflow-x-auto border-b border-line">
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
        <Radix.Content
          key={id}
          value={id}
          tabIndex={-1}
          className={cn("outline-none", fill && "data-[state=active]:lg:min-h-0 data-[state=active]:lg:grow")}
        >
          {id === value && content()}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
