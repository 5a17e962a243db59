import { RotateCw, TriangleAlert } from "lucide-react";
import { wordsFor } from "../api/refused.ts";
import { Button } from "./button.tsx";

/** What failed, in the server's words, with the request's id and a way to try again. It stands where the content would. */
export function ErrorCard({ error, retry }: { error: unknown; retry?: (() => unknown) | undefined }) {
  const words = wordsFor(error);
  return (
    <div role="alert" className="flex items-start gap-3 rounded-lg border border-bad/35 bg-bad-soft p-3">
      <TriangleAlert size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden />
      <div className="min-w-0 grow">
        <p className="font-medium text-ink">{words.title}</p>
        {words.detail !== "" && <p className="text-soft">{words.detail}</p>}
        {words.request_id !== undefined && (
          <p className="mt-1 font-mono text-2xs break-all text-soft">
            {words.status} · request {words.request_id}
          </p>
        )}
      </div>
      {retry !== undefined && (
        <Button size="sm" onClick={() => void retry()}>
          <RotateCw size={13} aria-hidden /> Retry
        </Button>
      )}
    </div>
  );
}
