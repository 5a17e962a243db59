import type { ApiToken } from "@infraskill/contracts/actor";
import { useMe } from "../api/use-me.ts";
import { useTokens } from "../api/use-tokens.ts";
import { Age } from "../ui/age.tsx";
import { Panel } from "../ui/page.tsx";
import { isTokenOver } from "./token-panel.tsx";

/** Who may come in: whoever holds a token that works is a user of its name. */
export function UsersPanel() {
  const me = useMe();
  const tokens = useTokens().data?.items.filter((token) => !isTokenOver(token)) ?? [];
  const others = tokens.filter(({ name }) => name !== me?.name);
  const mine = tokens.find(({ name }) => name === me?.name);
  return (
    <Panel title="Users" flush>
      <ul className="divide-y divide-line">
        {me !== undefined && <UserRow name={me.name} role={me.role} note="you" token={mine} />}
        {others.map((token) => (
          <UserRow key={token.id} name={token.name} role={token.role} token={token} />
        ))}
      </ul>
      <p className="border-t border-line px-3 py-2 text-xs text-faint">
        A user is whoever holds a token. Accounts of their own come with the sign-in with GitHub.
      </p>
    </Panel>
  );
}

function UserRow(props: { name: string; role: string; note?: string; token: ApiToken | undefined }) {
  const { name, role, note, token } = props;
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-3 px-3 py-2">
      <span className="min-w-0 truncate font-medium">
        {name}
        {note !== undefined && <span className="font-normal text-faint"> · {note}</span>}
      </span>
      <span className="text-xs text-soft">
        {role}
        {token?.last_used_at != null && (
          <>
            , seen <Age at={token.last_used_at} />
          </>
        )}
      </span>
    </li>
  );
}
