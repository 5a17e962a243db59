import type { TaskStep } from "@infraskill/contracts/task";

/** For each input that was picked from somewhere, the expression it came from. */
export function givenNotes({ given, inputs }: TaskStep): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(given).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === "string" && entry[1].includes("${{") && inputs[entry[0]] !== entry[1],
    ),
  );
}
