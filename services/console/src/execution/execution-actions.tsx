import type { ExecutionDetail } from "@infraskill/contracts/execution";
import { executionMachine } from "@infraskill/contracts/execution-machine";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ban, RotateCw } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { wordsFor } from "../api/refused.ts";
import { isOver } from "../api/use-execution.ts";
import { useMay } from "../api/use-me.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ExternalLink } from "../ui/external-link.tsx";

export function ExecutionActions({ execution }: { execution: ExecutionDetail }) {
  const { execution_id, skill_name, status, run_url, inputs } = execution;
  const mayRun = useMay("operator");
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const key = queryKeys.execution(execution_id);
  const cancel = useMutation({
    mutationFn: () => bodyOf(api.cancelExecution({ params: { execution_id } })),
    onMutate: () => {
      setAsking(false);
      client.setQueryData<ExecutionDetail>(key, (old) =>
        old === undefined ? undefined : { ...old, status: "cancelling" },
      );
    },
    onError: (error) => toast.error("Not cancelled", { description: wordsFor(error).detail || wordsFor(error).title }),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
  return (
    <>
      {run_url !== null && (
        <ExternalLink href={run_url} className={buttonClass("outline")}>
          Open on GitHub
        </ExternalLink>
      )}
      {mayRun && isOver(status) && (
        <Link
          to="/skills/$name"
          params={{ name: skill_name }}
          search={{ tab: "run", inputs: JSON.stringify(inputs) }}
          className={buttonClass("outline")}
        >
          <RotateCw size={14} aria-hidden /> Run again…
        </Link>
      )}
      {mayRun && "cancel_requested" in executionMachine.states[status] && (
        <Button look="danger" onClick={() => setAsking(true)}>
          <Ban size={14} aria-hidden /> Cancel
        </Button>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Cancel this execution?"
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Let it run</Button>
            <Button look="danger" onClick={() => cancel.mutate()}>
              <Ban size={14} aria-hidden /> Cancel it
            </Button>
          </>
        }
      >
        <p>
          GitHub is asked to stop the run of <code className="font-mono">{skill_name}</code>. What it has done by then
          stays done; if it ends first, its result counts.
        </p>
      </Dialog>
    </>
  );
}
