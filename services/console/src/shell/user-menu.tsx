import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleUser, Keyboard, LogOut } from "lucide-react";
import { toast } from "sonner";
import { api } from "../api/client.ts";
import { wordsFor } from "../api/refused.ts";
import { useMe } from "../api/use-me.ts";
import { BarMenu, MenuItem } from "../ui/menu.tsx";

export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();

  const signOut = async (): Promise<void> => {
    try {
      const answer = await api.deleteSession({});
      if (!answer.ok && answer.status !== 401) throw new Error(answer.problem.title);
    } catch (error) {
      toast.error("Could not sign out", { description: wordsFor(error).title });
      return;
    }
    client.clear();
    await navigate({ to: "/login", search: {} });
  };

  return (
    <BarMenu label="Account" icon={<CircleUser size={16} aria-hidden />}>
      {(close) => (
        <>
          {me !== undefined && (
            <p className="px-2 py-1.5 text-xs text-soft">
              <span className="block text-sm font-medium text-ink">{me.name}</span>
              {me.role}
            </p>
          )}
          <MenuItem
            onSelect={() => {
              close();
              onShortcuts();
            }}
          >
            <Keyboard size={14} aria-hidden className="text-soft" /> Keyboard shortcuts
          </MenuItem>
          <MenuItem onSelect={() => void signOut()}>
            <LogOut size={14} aria-hidden className="text-soft" /> Sign out
          </MenuItem>
        </>
      )}
    </BarMenu>
  );
}
