import { Command } from "cmdk";
import { Popover } from "radix-ui";
import { type ReactNode, useState } from "react";

export type PickGroup = {
  readonly label: string;
  readonly items: readonly { readonly id: string; readonly content: ReactNode }[];
};

/** A button that opens a searchable list. What is searched for is the ids, unless the caller searches itself and gives `onSearch`. */
export function PickList({
  trigger,
  label,
  groups,
  empty,
  onPick,
  onSearch,
}: {
  trigger: ReactNode;
  label: string;
  groups: readonly PickGroup[];
  empty: ReactNode;
  onPick: (id: string) => void;
  onSearch?: (text: string) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) onSearch?.("");
      }}
    >
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className="z-50 w-[min(26rem,calc(100vw-1rem))] overflow-hidden rounded-lg border border-line-strong bg-panel shadow-pop"
        >
          <Command label={label} shouldFilter={onSearch === undefined} filter={contains}>
            <Command.Input
              {...(onSearch === undefined ? {} : { onValueChange: onSearch })}
              placeholder={label}
              className="h-9 w-full border-b border-line bg-transparent px-3 outline-none"
            />
            <Command.List className="max-h-72 overflow-y-auto p-1">
              <Command.Empty className="px-2.5 py-4 text-center text-soft">{empty}</Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group.label}
                  heading={group.label}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-soft"
                >
                  {group.items.map(({ id, content }) => (
                    <Command.Item
                      key={id}
                      value={id}
                      className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 data-[selected=true]:bg-sunken"
                      onSelect={() => {
                        setOpen(false);
                        onPick(id);
                      }}
                    >
                      {content}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What is typed must be in the id as it is: a guess that takes the wrong thing on Enter is worse than none. */
function contains(id: string, typed: string): number {
  return id.toLowerCase().includes(typed.toLowerCase()) ? 1 : 0;
}
