import type { Look } from "../status/status-looks.ts";

export function StatusFilter<S extends string>({
  looks,
  statuses,
  value,
  onChange,
}: {
  looks: Readonly<Record<S, Look>>;
  statuses: readonly S[];
  value: S | undefined;
  onChange: (status: S | undefined) => void;
}) {
  return (
    <select
      aria-label="Status"
      className="field sm:w-auto!"
      value={value ?? ""}
      onChange={({ target }) => onChange(statuses.find((status) => status === target.value))}
    >
      <option value="">Every status</option>
      {statuses.map((status) => (
        <option key={status} value={status}>
          {looks[status].label}
        </option>
      ))}
    </select>
  );
}
