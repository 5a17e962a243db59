import type { ApiToken, NewToken } from "@infraskill/contracts/actor";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { wordsFor } from "../api/refused.ts";
import { useRevokeToken, useTokens } from "../api/use-tokens.ts";
import { formatDay } from "../lib/time.ts";
import { Age } from "../ui/age.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { Panel } from "../ui/page.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { NewTokenDialog, ShownToken } from "./new-token-dialog.tsx";

export function TokenPanel() {
  const query = useTokens();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewToken>();
  return (
    <Panel
      title="API tokens"
      flush
      actions={
        <Button size="sm" onClick={() => setMaking(true)}>
          <Plus size={13} aria-hidden /> New token
        </Button>
      }
    >
      {query.isError ? (
        <div className="p-3">
          <ErrorCard error={query.error} retry={query.refetch} />
        </div>
      ) : query.data === undefined ? (
        <div className="p-3">
          <SkeletonRows rows={4} />
        </div>
      ) : query.data.items.length === 0 ? (
        <p className="p-3 text-soft">No tokens yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {query.data.items.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      {making && (
        <NewTokenDialog
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setMade(token);
          }}
        />
      )}
      {made !== undefined && <ShownToken token={made} onClose={() => setMade(undefined)} />}
    </Panel>
  );
}

function TokenRow({ token }: { token: ApiToken }) {
  const revoke = useRevokeToken();
  const [asking, setAsking] = useState(false);
  const { name, role, prefix, created_by, last_used_at, expires_at, revoked_at } = token;
  const over = isTokenOver(token);
  return (
    <li className="flex items-center gap-3 px-3 py-2">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{name}</span>
          <code className="font-mono text-xs text-soft">{prefix}…</code>
          <span className="text-xs text-soft">{role}</span>
        </p>
        <p className="text-xs text-faint">
          by {created_by} ·{" "}
          {last_used_at === null ? (
            "never used"
          ) : (
            <>
              used <Age at={last_used_at} />
            </>
          )}
          {revoked_at !== null
            ? " · revoked"
            : expires_at !== null && ` · ${over ? "expired" : "expires"} ${formatDay(expires_at)}`}
        </p>
      </div>
      {!over && (
        <IconButton label={`Revoke ${name}`} size="sm" onClick={() => setAsking(true)}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Revoke “${name}”?`}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button
              look="danger"
              onClick={() => {
                setAsking(false);
                revoke.mutate(token.id, {
                  onError: (error) => toast.error("Not revoked", { description: wordsFor(error).title }),
                });
              }}
            >
              Revoke
            </Button>
          </>
        }
      >
        <p>Whoever uses this token is refused from now on. This cannot be undone.</p>
      </Dialog>
    </li>
  );
}

export function isTokenOver({ revoked_at, expires_at }: ApiToken): boolean {
  return revoked_at !== null || (expires_at !== null && Date.parse(expires_at) < Date.now());
}
