import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { useCallbackMode } from "../api/use-callback-mode.ts";
import { latestOnly } from "../lib/latest-only.ts";
import { useDebounced } from "../lib/use-debounced.ts";
import { type Draft, isSkillName } from "./draft.ts";
import type { Ask } from "./messages.ts";
import { mergeProblems } from "./problems.ts";
import { askWorker } from "./ask-worker.ts";

const noProblems: readonly Diagnostic[] = [];

export type Verdict = {
  readonly problems: readonly Diagnostic[];
  /** The server's word on exactly this text and these schemas; undefined while it is on its way. */
  readonly valid: boolean | undefined;
  /** Which actionlint took part in it; undefined until the server has spoken once. */
  readonly actionlint: string | undefined;
  readonly failure: unknown;
  /** When the server spoke about this text, in milliseconds; undefined like `valid`. */
  readonly checked_at: number | undefined;
  readonly checking: boolean;
  /** Has the server check this text now, also when it did before. */
  readonly check: () => void;
};

/** What is wrong with the draft: the worker says it at once, the server, who also asks actionlint, shortly after. */
export function useVerdict(draft: Draft): Verdict {
  const { name, inputs_schema, outputs_schema, yaml_content } = draft;
  const subject = useMemo(
    () => ({ ...(isSkillName(name) ? { name } : {}), inputs_schema, outputs_schema, yaml_content }),
    [name, inputs_schema, outputs_schema, yaml_content],
  );
  const near = useNearProblems(subject, useCallbackMode());
  const settled = useDebounced(subject, 250);
  const query = useQuery({
    ...validationOf(settled),
    placeholderData: keepPreviousData,
    enabled: settled.yaml_content !== "",
  });
  const client = useQueryClient();
  const check = useCallback(() => {
    // What goes wrong is told by the query itself.
    void client.fetchQuery({ ...validationOf(subject), staleTime: 0 }).catch(() => undefined);
  }, [client, subject]);
  const current = settled === subject && !query.isPlaceholderData ? query.data : undefined;
  const problems = useMemo(() => mergeProblems(near, current?.diagnostics ?? noProblems), [near, current]);
  return {
    problems,
    valid: current?.valid,
    actionlint: query.data?.actionlint_version,
    failure: query.error,
    checked_at: current && query.dataUpdatedAt,
    checking: settled !== subject || query.isFetching,
    check,
  };
}

const validationOf = (subject: Subject) =>
  queryOptions({
    queryKey: queryKeys.validation(JSON.stringify(subject)),
    queryFn: ({ signal }) => bodyOf(api.validateDraft({ body: subject, signal })),
    staleTime: 5 * 60_000,
    gcTime: 60_000,
  });

/** Typing is faster than a long file is checked: only the newest text waits for its turn. */
const askForCheck = latestOnly((ask: Extract<Ask, { kind: "check" }>) => askWorker(ask));

type Subject = { name?: string; yaml_content: string } & Pick<Draft, "inputs_schema" | "outputs_schema">;

/** The worker's findings; those for an older text are dropped when they arrive. */
function useNearProblems(subject: Subject, callback_mode: CallbackMode): readonly Diagnostic[] {
  const [found, setFound] = useState(noProblems);
  useEffect(() => {
    let current = true;
    const { yaml_content: text, ...rest } = subject;
    askForCheck({ kind: "check", text, callback_mode, ...rest }).then(
      (diagnostics) => current && diagnostics !== undefined && setFound(diagnostics),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [subject, callback_mode]);
  return found;
}
