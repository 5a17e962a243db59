import { useMay, useMe } from "../api/use-me.ts";
import { ShortcutTables } from "../shell/shortcut-list.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { RepositoryPanel } from "./repository-panel.tsx";
import { TokenPanel } from "./token-panel.tsx";
import { UsersPanel } from "./users-panel.tsx";

export function SettingsPage() {
  const me = useMe();
  const admin = useMay("admin");
  return (
    <Page title="Settings" lead={me === undefined ? undefined : `Signed in as ${me.name}, ${me.role}.`}>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid gap-4">
          {admin ? (
            <>
              <TokenPanel />
              <UsersPanel />
            </>
          ) : (
            <Panel title="API tokens and users">
              <p className="text-soft">An admin makes and revokes tokens; whoever holds one is a user.</p>
            </Panel>
          )}
          <RepositoryPanel />
        </div>
        <Panel title="Keyboard shortcuts">
          <ShortcutTables />
        </Panel>
      </div>
    </Page>
  );
}
