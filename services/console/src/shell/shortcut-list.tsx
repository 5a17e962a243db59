import { Dialog } from "../ui/dialog.tsx";
import { shortcutGroups } from "./shortcuts.ts";

export function ShortcutList({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts">
      <ShortcutTables />
    </Dialog>
  );
}

export function ShortcutTables() {
  return (
    <div className="grid gap-4">
      {shortcutGroups.map(({ title, shortcuts }) => (
        <section key={title}>
          <h3 className="mb-1 text-xs font-medium text-soft">{title}</h3>
          <dl className="divide-y divide-line rounded-md border border-line">
            {shortcuts.map(({ keys, does }) => (
              <div key={keys + does} className="flex items-center justify-between gap-3 px-2.5 py-1.5">
                <dt>{does}</dt>
                <dd className="flex gap-1">
                  {keys.split(" ").map((key, index) => (
                    <kbd
                      key={index}
                      className="rounded-sm border border-line-strong bg-sunken px-1.5 font-mono text-2xs leading-4.5"
                    >
                      {key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
