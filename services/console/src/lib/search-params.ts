/** What a URL says is typed by people and links: anything that does not fit counts as absent. */
type Given = Record<string, unknown>;

export function textParam<K extends string>(given: Given, key: K): { [key in K]?: string | undefined } {
  const value = given[key];
  const text = typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
  return (text === "" ? {} : { [key]: text }) as { [key in K]?: string | undefined };
}

/** JSON as text. In a link made by hand it is plain, and the router has read it already. */
export function jsonParam<K extends string>(given: Given, key: K): { [key in K]?: string | undefined } {
  const value = given[key];
  return textParam({ [key]: typeof value === "object" && value !== null ? JSON.stringify(value) : value }, key);
}

export function choiceParam<K extends string, const T extends string>(
  given: Given,
  key: K,
  choices: readonly T[],
): { [key in K]?: T | undefined } {
  const value = choices.find((choice) => choice === given[key]);
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: T | undefined };
}

export function numberParam<K extends string>(given: Given, key: K): { [key in K]?: number | undefined } {
  const value = Number(given[key]);
  return (Number.isSafeInteger(value) && value > 0 ? { [key]: value } : {}) as { [key in K]?: number | undefined };
}

/** A text that `schema` takes. */
export function fittingParam<K extends string>(
  given: Given,
  key: K,
  schema: { safeParse: (text: string) => { success: boolean } },
): { [key in K]?: string | undefined } {
  const param = textParam(given, key);
  const text = param[key];
  return text === undefined || schema.safeParse(text).success ? param : {};
}
