import type { Delivery } from "@infraskill/contracts/delivery";
import { RotateCw } from "lucide-react";
import { toast } from "sonner";
import { wordsFor } from "../api/refused.ts";
import { useFailedDeliveries, useReplayDelivery } from "../api/use-ops.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { Panel } from "../ui/page.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";

/** Webhooks and callbacks that were given up. They are kept and can be read again once the cause is mended. */
export function FailedDeliveries({ count, admin }: { count: number; admin: boolean }) {
  const query = useFailedDeliveries({ enabled: admin });
  return (
    <Panel
      title={`Failed deliveries · ${count.toLocaleString("en")}`}
      flush={admin && query.data !== undefined && count > 0}
    >
      {count === 0 ? (
        <p className="text-soft">Every webhook and callback was read.</p>
      ) : !admin ? (
        <p className="text-soft">An admin can look at them and have them read again.</p>
      ) : query.isError ? (
        <ErrorCard error={query.error} retry={query.refetch} />
      ) : query.data === undefined ? (
        <SkeletonRows rows={3} />
      ) : (
        <ul className="divide-y divide-line">
          {query.data.items.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function DeliveryRow({ delivery: { id, kind, event, guid, reason, attempts, received_at } }: { delivery: Delivery }) {
  const replay = useReplayDelivery();
  return (
    <li className="flex items-start gap-3 px-3 py-2">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium capitalize">{kind}</span>
          <code className="font-mono text-xs">{event}</code>
          <span className="text-xs text-faint">
            <Age at={received_at} />, {attempts} {attempts === 1 ? "attempt" : "attempts"}
          </span>
        </p>
        <p className="break-words text-soft">{reason}</p>
        <p className="truncate font-mono text-2xs text-faint">{guid}</p>
      </div>
      <Button
        size="sm"
        disabled={replay.isPending}
        onClick={() =>
          replay.mutate(id, {
            onError: (error) =>
              toast.error("Not replayed", { description: wordsFor(error).detail || wordsFor(error).title }),
          })
        }
      >
        <RotateCw size={13} aria-hidden /> Replay
      </Button>
    </li>
  );
}
