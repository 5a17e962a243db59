import { Button } from "../ui/button.tsx";
import { Age } from "../ui/age.tsx";
import { EmptyState, Page } from "../ui/page.tsx";
import type { Draft } from "./draft.ts";

/** Asks what becomes of a kept draft when its skill has got a newer revision meanwhile. */
export function MovedOn({
  kept,
  revision,
  onGoOn,
  onStartAgain,
}: {
  kept: Draft;
  revision: number;
  onGoOn: () => void;
  onStartAgain: () => void;
}) {
  return (
    <Page title={kept.name}>
      <EmptyState title={`The skill has moved on to revision ${revision}`}>
        <p>
          Your draft was begun from revision {kept.base?.revision ?? 0} and kept <Age at={kept.saved_at} />. Going on
          with it shows your text compared with revision {revision}; starting again throws your text away.
        </p>
        <div className="flex flex-wrap justify-center gap-2">
          <Button look="filled" onClick={onGoOn}>
            Go on with my text
          </Button>
          <Button onClick={onStartAgain}>Start again from revision {revision}</Button>
        </div>
      </EmptyState>
    </Page>
  );
}
