import type { Permissions } from "@infraskill/workflow/file/read";
import { tokenPermissions, type TokenAccess } from "@infraskill/workflow/known/token-permissions";
import { Trash2 } from "lucide-react";
import { Button, IconButton } from "../ui/button.tsx";
import { type FormEdit, grant, grantNone } from "./form-edits.ts";

/** What a GITHUB_TOKEN is given, one line each, and a list to give it more. */
export function PermissionsForm({
  title,
  help,
  none,
  permissions,
  job_id,
  edit,
}: {
  title: string;
  help: string;
  /** What an empty list means here. */
  none: string;
  permissions: Permissions | undefined;
  /** Of one job; absent: of the whole file. */
  job_id?: string;
  edit: (change: FormEdit) => void;
}) {
  const given = permissions?.scopes ?? [];
  const left = Object.keys(tokenPermissions).filter((scope) => !given.some((each) => each.scope.value === scope));
  return (
    <div role="group" aria-label={title} className="grid gap-1.5">
      <div>
        <h3 className="text-xs font-medium text-soft">{title}</h3>
        <p className="text-xs text-faint">{help}</p>
      </div>
      {permissions?.all !== undefined ? (
        <div className="flex flex-wrap items-center gap-2">
          <code className="font-mono text-xs">{permissions.all}</code>
          <Button size="sm" onClick={() => edit(grantNone(job_id))}>
            Name them instead
          </Button>
        </div>
      ) : given.length === 0 ? (
        <p className="text-xs">{none}</p>
      ) : (
        <ul className="grid gap-1">
          {given.map(({ scope, access }) => (
            <li key={scope.value} className="flex items-center gap-1.5">
              <code className="min-w-0 grow truncate font-mono text-xs">{scope.value}</code>
              <select
                aria-label={`Access to ${scope.value}`}
                className="field w-auto! text-xs"
                value={access.value}
                onChange={({ target }) => edit(grant(scope.value, target.value as TokenAccess, job_id))}
              >
                {[...new Set([...(tokenPermissions[scope.value] ?? []), access.value])].map((offered) => (
                  <option key={offered}>{offered}</option>
                ))}
              </select>
              <IconButton
                label={`Take ${scope.value} away`}
                size="sm"
                onClick={() => edit(grant(scope.value, undefined, job_id))}
              >
                <Trash2 size={13} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {permissions?.all === undefined && (
        <select
          aria-label={`Add to the ${title.toLowerCase()}`}
          className="field w-auto! justify-self-start text-xs"
          value=""
          onChange={({ target }) => edit(grant(target.value, tokenPermissions[target.value]?.[0], job_id))}
        >
          <option value="">Add a permission…</option>
          {left.map((scope) => (
            <option key={scope}>{scope}</option>
          ))}
        </select>
      )}
    </div>
  );
}
