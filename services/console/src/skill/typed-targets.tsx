import type { Skill } from "@infraskill/contracts/skill";
import type { JsonObject } from "@infraskill/contracts/text";
import { useState } from "react";
import { targetOf } from "./run-values.ts";
import { TypedTarget } from "./typed-target.tsx";

/** A name to be typed, and for what. */
type Target = { readonly name: string; readonly why: string };

/** What a step of a task asks for: its target as far as its inputs are known, else its skill's name. */
export function targetOfStep(index: number, { name, inputs_schema }: Skill, known: JsonObject): Target {
  const target = targetOf(name, inputs_schema, known);
  return { name: target, why: target === name ? `Step ${index} runs it.` : `Step ${index} runs ${name} on it.` };
}

/** The names that several steps ask for, each once; `done` when all are typed. */
export function useTypedTargets(targets: readonly Target[]) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const names = [...new Set(targets.map(({ name }) => name))];
  return {
    done: names.every((name) => typed[name] === name),
    fields: names.map((name) => (
      <TypedTarget
        key={name}
        target={name}
        typed={typed[name] ?? ""}
        onTyped={(text) => setTyped((old) => ({ ...old, [name]: text }))}
        why={targets
          .filter((target) => target.name === name)
          .map(({ why }) => why)
          .join(" ")}
      />
    )),
  };
}
