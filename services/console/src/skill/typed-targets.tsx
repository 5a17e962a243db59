import { useState } from "react";
import { TypedTarget } from "./typed-target.tsx";

/** A name to be typed, and for what. */
export type Target = { readonly name: string; readonly why: string };

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
