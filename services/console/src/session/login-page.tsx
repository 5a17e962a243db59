import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { LogIn } from "lucide-react";
import { type FormEvent, useState } from "react";
import { api } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { wordsFor } from "../api/refused.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";

const route = getRouteApi("/login");

/** The token goes to the server once and comes back as a cookie that no script can read. */
export function LoginPage() {
  const client = useQueryClient();
  const router = useRouter();
  const { to } = route.useSearch();
  const [token, setToken] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);

  const signIn = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (token.trim() === "") {
      setRefusal("Paste your token.");
      return;
    }
    setBusy(true);
    try {
      const answer = await api.createSession({ body: { token: token.trim() } });
      if (answer.ok) {
        client.clear();
        client.setQueryData(queryKeys.me, answer.body);
        router.history.push(to ?? "/skills");
      } else {
        setRefusal(answer.status === 401 ? "This token is not known, expired or revoked." : answer.problem.title);
      }
    } catch (error) {
      setRefusal(wordsFor(error).title);
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5">
          <img src="/favicon.svg" alt="" width={30} height={30} />
          <h1 className="text-xl font-semibold tracking-[-0.01em]">infraskill</h1>
        </div>
        <form
          onSubmit={(event) => void signIn(event)}
          className="grid gap-4 rounded-lg border border-line bg-panel p-5 shadow-flat"
          noValidate
        >
          <div>
            <h2 className="text-base font-semibold">Sign in</h2>
            <p className="text-soft">Runbooks as reviewed buttons.</p>
          </div>
          <Field
            label="API token"
            help="The first admin token stands in endpoints.json of a local start; an admin makes more under Settings."
            error={refusal}
            required
          >
            {(control) => (
              <input
                {...control}
                value={token}
                onChange={({ target }) => {
                  setToken(target.value);
                  setRefusal(undefined);
                }}
                type="password"
                autoComplete="current-password"
                autoFocus
                spellCheck={false}
                className="field font-mono"
              />
            )}
          </Field>
          <Button type="submit" look="filled" disabled={busy}>
            <LogIn size={15} aria-hidden /> {busy ? "Signing in…" : "Sign in"}
          </Button>
          <div className="grid gap-1 border-t border-line pt-4">
            <Button disabled aria-describedby="github-follows">
              Sign in with GitHub
            </Button>
            <p id="github-follows" className="text-xs text-faint">
              Follows in a later version; until then everybody signs in with a token.
            </p>
          </div>
        </form>
      </div>
    </main>
  );
}
