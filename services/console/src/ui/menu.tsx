import { type ReactNode, useId, useRef } from "react";
import { IconButton } from "./button.tsx";

/**
 * A menu under a button at the right end of the top bar. The browser's own popover closes it on Escape and on a click elsewhere, and costs no
 * library.
 */
export function BarMenu({
  label,
  icon,
  children,
}: {
  label: string;
  icon: ReactNode;
  children: (close: () => void) => ReactNode;
}) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  return (
    <>
      <IconButton label={label} size="sm" popoverTarget={id}>
        {icon}
      </IconButton>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="fixed inset-auto top-11 right-2 min-w-48 rounded-lg border border-line-strong bg-panel p-1 text-ink shadow-pop"
      >
        {children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}

export function MenuItem({
  onSelect,
  pressed,
  children,
}: {
  onSelect: () => void;
  pressed?: boolean;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onSelect}
      className="flex h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-sm -outline-offset-2 hover:bg-sunken"
    >
      {children}
    </button>
  );
}
