import type { TaskDetail } from "@infraskill/contracts/task";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ban, RotateCw } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { wordsFor } from "../api/refused.ts";
import { useMay } from "../api/use-me.ts";
import { isTaskOver } from "../api/use-tasks.ts";
import { planText } from "../compose/plan.ts";
import { requestOf } from "../compose/request-of.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

export function TaskActions({ task }: { task: TaskDetail }) {
  const { id, status, cancel_requested } = task;
  const mayRun = useMay("operator");
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const key = queryKeys.task(id);
  const cancel = useMutation({
    mutationFn: () => bodyOf(api.cancelTask({ params: { id } })),
    onMutate: () => {
      setAsking(false);
      client.setQueryData<TaskDetail>(key, (old) =>
        old === undefined ? undefined : { ...old, cancel_requested: true },
      );
    },
    onError: (error) => toast.error("Not cancelled", { description: wordsFor(error).detail || wordsFor(error).title }),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
  const finishing = cancel_requested && task.steps.some((step) => step.finally && step.status === "running");
  return (
    <>
      <Link to="/executions" search={{ task_id: id }} className={buttonClass("quiet")}>
        Executions
      </Link>
      {mayRun && isTaskOver(task) && (
        <Link to="/tasks/new" search={{ plan: planText(requestOf(task)) }} className={buttonClass()}>
          <RotateCw size={14} aria-hidden /> Run again…
        </Link>
      )}
      {mayRun && status === "running" && (
        <Button look="danger" disabled={cancel_requested && !finishing} onClick={() => setAsking(true)}>
          <Ban size={14} aria-hidden /> {cancel_requested && !finishing ? "Cancelling" : "Cancel"}
        </Button>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={finishing ? "Cancel the last steps as well?" : "Cancel this task?"}
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
          {finishing
            ? "The step that is running is cancelled and the ones after it are skipped."
            : "The step that is running is cancelled and later ones are skipped. What runs whatever happened still runs; what was done by then stays done."}
        </p>
      </Dialog>
    </>
  );
}
