import { useState } from "react";
import { fromLocalTime, toLocalTime } from "../lib/time.ts";
import { FilterField } from "./filter-field.tsx";

export type TimeRange = { since?: string | undefined; until?: string | undefined };

const spans = [
  ["Last hour", 3_600_000],
  ["Last 24 hours", 86_400_000],
  ["Last 7 days", 604_800_000],
  ["Last 30 days", 2_592_000_000],
] as const;

/** From when until when, as moments: a link to it shows the same tomorrow. A span only sets its beginning. */
export function TimeFilter({
  value: { since, until },
  onChange,
}: {
  value: TimeRange;
  onChange: (range: TimeRange) => void;
}) {
  const [asked, setAsked] = useState(false);
  const change = (range: TimeRange): void => {
    setAsked(false);
    onChange(range);
  };
  const between = asked || since !== undefined || until !== undefined;
  return (
    <>
      <select
        aria-label="Time"
        className="field sm:w-auto!"
        value={between ? "between" : ""}
        onChange={({ target }) => {
          const span = spans.find(([label]) => label === target.value);
          if (span !== undefined) change({ since: new Date(Date.now() - span[1]).toISOString(), until: undefined });
          else if (target.value === "between") setAsked(true);
          else change({ since: undefined, until: undefined });
        }}
      >
        <option value="">Any time</option>
        {spans.map(([label]) => (
          <option key={label}>{label}</option>
        ))}
        <option value="between">Between…</option>
      </select>
      {between && (
        <>
          <Moment label="From" value={since} onChange={(next) => change({ since: next, until })} />
          <Moment label="Until" value={until} onChange={(next) => change({ since, until: next })} />
        </>
      )}
    </>
  );
}

function Moment(props: { label: string; value: string | undefined; onChange: (value: string | undefined) => void }) {
  const { label, value, onChange } = props;
  return (
    <FilterField
      label={label}
      type="datetime-local"
      fits={(text) => fromLocalTime(text) !== undefined}
      value={value === undefined ? undefined : toLocalTime(value)}
      onChange={(text) => onChange(text === undefined ? undefined : fromLocalTime(text))}
      className="sm:w-48"
    />
  );
}
