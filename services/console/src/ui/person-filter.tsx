import { FilterField } from "./filter-field.tsx";

export function PersonFilter({
  people,
  value,
  onChange,
}: {
  people: readonly string[];
  value: string | undefined;
  onChange: (person: string | undefined) => void;
}) {
  return (
    <FilterField
      label="Person"
      placeholder="Everyone"
      options={people}
      value={value}
      onChange={onChange}
      className="sm:w-36"
    />
  );
}
