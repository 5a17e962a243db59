import { useMay, useMe } from "../api/use-me.ts";
import { ShortcutTables } from "../shell/shortcut-list.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { TokenPanel } from "./token-panel.tsx";

export function SettingsPage() {
  const me = useMe();
  const admin = useMay("admin");
  return (
    <Page title="Settings" lead={me === undefined ? undefined : `Signed in as ${me.name}, ${me.role}.`}>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        {admin ? (
          <TokenPanel />
        ) : (
          <Panel title="API tokens">
            <p className="text-soft">An admin makes and revokes tokens.</p>
          </Panel>
        )}
        <Panel title="Keyboard shortcuts">
          <ShortcutTables />
        </Panel>
      </div>
    </Page>
  );
}
