import { SkillName } from "@infraskill/contracts/skill";
import { FilterField } from "./filter-field.tsx";

export function SkillFilter({
  placeholder,
  skills,
  value,
  onChange,
}: {
  placeholder: string;
  skills: readonly string[];
  value: string | undefined;
  onChange: (skill: string | undefined) => void;
}) {
  return (
    <FilterField
      label="Skill"
      placeholder={placeholder}
      options={skills}
      value={value}
      fits={(text) => SkillName.safeParse(text).success}
      hint="A skill's whole name, such as postgres-backup"
      onChange={onChange}
      className="sm:w-44"
    />
  );
}
