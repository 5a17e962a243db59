import { type NewToken, type Role, roles, type TokenRequest } from "@infraskill/contracts/actor";
import { Copy } from "lucide-react";
import { useForm } from "react-hook-form";
import { wordsFor } from "../api/refused.ts";
import { useCreateToken } from "../api/use-tokens.ts";
import { copyText } from "../lib/copy-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";

const roleHelp: Record<Role, string> = {
  viewer: "May read everything.",
  operator: "May also run and cancel.",
  author: "May also write and archive skills.",
  admin: "May also manage tokens and queues.",
};
const day_ms = 86_400_000;

export function NewTokenDialog({ onClose, onMade }: { onClose: () => void; onMade: (token: NewToken) => void }) {
  const create = useCreateToken();
  const { register, handleSubmit, watch, setError, formState } = useForm<{ name: string; role: Role; days: string }>({
    defaultValues: { name: "", role: "operator", days: "90" },
  });
  const submit = handleSubmit(async ({ name, role, days }) => {
    const body: TokenRequest = {
      name: name.trim(),
      role,
      ...(days === "" ? {} : { expires_at: new Date(Date.now() + Number(days) * day_ms).toISOString() }),
    };
    try {
      onMade(await create.mutateAsync(body));
    } catch (error) {
      setError("name", { message: wordsFor(error).detail || wordsFor(error).title });
    }
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title="New API token"
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button form="new-token" type="submit" look="filled" disabled={formState.isSubmitting}>
            Make it
          </Button>
        </>
      }
    >
      <form id="new-token" onSubmit={(event) => void submit(event)} noValidate className="grid gap-4">
        <Field label="Name" help="Who or what will use it." error={formState.errors.name?.message} required>
          {(control) => (
            <input
              {...control}
              {...register("name", { validate: (name) => name.trim() !== "" || "Give it a name." })}
              autoComplete="off"
              maxLength={100}
              className="field"
            />
          )}
        </Field>
        <Field label="Role" help={roleHelp[watch("role")]}>
          {(control) => (
            <select {...control} {...register("role")} className="field">
              {roles.map((role) => (
                <option key={role}>{role}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Expires">
          {(control) => (
            <select {...control} {...register("days")} className="field">
              <option value="7">in a week</option>
              <option value="90">in three months</option>
              <option value="365">in a year</option>
              <option value="">never</option>
            </select>
          )}
        </Field>
      </form>
    </Dialog>
  );
}

export function ShownToken({ token, onClose }: { token: NewToken; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Token “${token.name}”`}
      description="It is shown this once. Only a fingerprint of it is kept."
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <div className="flex items-center gap-2">
        <code className="min-w-0 grow rounded-md border border-line bg-sunken px-2 py-1.5 font-mono text-xs break-all">
          {token.token}
        </code>
        <Button onClick={() => void copyText(token.token, "the token")}>
          <Copy size={14} aria-hidden /> Copy
        </Button>
      </div>
    </Dialog>
  );
}
