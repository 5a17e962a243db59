import type { JsonObject } from "@infraskill/contracts/text";

/** Names and values, such as an execution's inputs. Everything is shown as text. */
export function ValueList({
  values,
  empty,
  notes = {},
  waiting = {},
}: {
  values: JsonObject;
  empty: string;
  /** Said below a value, such as where it came from. */
  notes?: Readonly<Record<string, string>>;
  /** In place of a value that is not known yet: where it will come from. */
  waiting?: Readonly<Record<string, string>>;
}) {
  const entries = Object.entries(values);
  if (entries.length === 0) return <p className="text-soft">{empty}</p>;
  return (
    <dl className="divide-y divide-line rounded-md border border-line bg-panel">
      {entries.map(([name, value]) => (
        <div key={name} className="grid gap-x-4 px-2.5 py-1.5 sm:grid-cols-[minmax(7rem,2fr)_minmax(0,3fr)]">
          <dt className="font-mono text-xs leading-5 break-all text-soft">{name}</dt>
          <dd className="max-h-60 overflow-y-auto font-mono text-xs leading-5 break-words whitespace-pre-wrap">
            {Object.hasOwn(waiting, name) ? (
              <span className="text-faint italic">{waiting[name]}</span>
            ) : value === "" ? (
              <span className="text-faint">empty</span>
            ) : typeof value === "string" ? (
              value
            ) : (
              JSON.stringify(value)
            )}
            {Object.hasOwn(notes, name) && <p className="text-2xs text-faint">from {notes[name]}</p>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
