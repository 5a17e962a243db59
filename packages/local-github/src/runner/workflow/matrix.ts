import { isDeepStrictEqual } from "node:util";
import { mapping } from "./read.ts";

export type Strategy = {
  /** One cell per job; null is the only cell of a job without matrix. */
  readonly cells: readonly (Record<string, unknown> | null)[];
  readonly fail_fast: boolean;
  /** How many cells run at once. */
  readonly max_parallel: number;
};

const max_cells = 256;

/**
 * Expands an evaluated `strategy:`.
 * @throws Error for a matrix without cells or with more than 256
 */
export function expandStrategy(strategy: unknown): Strategy {
  const node = mapping(strategy);
  const cells =
    node["matrix"] === undefined || node["matrix"] === null ? [null] : expandMatrix(mapping(node["matrix"]));
  if (cells.length > max_cells)
    throw new Error(`The matrix has ${cells.length} jobs; at most ${max_cells} are allowed`);
  const max_parallel = node["max-parallel"];
  return {
    cells,
    fail_fast: node["fail-fast"] !== false,
    max_parallel: typeof max_parallel === "number" && max_parallel > 0 ? max_parallel : cells.length,
  };
}

/** The name GitHub gives a cell's job: `build (ubuntu, 20)`. */
export function cellSuffix(cell: Record<string, unknown> | null): string {
  if (cell === null) return "";
  const values = Object.values(cell).flatMap(leaves);
  return values.length === 0 ? "" : ` (${values.join(", ")})`;
}

function expandMatrix(matrix: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  const axes = Object.entries(matrix).filter(([key]) => key !== "include" && key !== "exclude");
  for (const [key, values] of axes) {
    if (!Array.isArray(values) || values.length === 0)
      throw new Error(`Matrix vector '${key}' does not contain any values`);
  }
  const excludes = list(matrix["exclude"]);
  const product = axes.reduce<Record<string, unknown>[]>(
    (cells, [key, values]) =>
      cells.flatMap((cell) => (values as unknown[]).map((value) => ({ ...cell, [key]: value }))),
    axes.length === 0 ? [] : [{}],
  );
  const cells = product.filter((cell) => !excludes.some((exclude) => matches(cell, exclude)));
  const keys = axes.map(([key]) => key);
  const result = include(cells, keys, list(matrix["include"]));
  if (result.length === 0) throw new Error("Matrix must define at least one vector");
  return result;
}

/** An include adds to every cell whose own values it does not change, else it is a cell of its own. */
function include(
  cells: readonly Record<string, unknown>[],
  keys: readonly string[],
  includes: readonly Record<string, unknown>[],
): Record<string, unknown>[] {
  const grown = cells.map((cell) => ({ ...cell }));
  const own: Record<string, unknown>[] = [];
  for (const extra of includes) {
    const shared = keys.filter((key) => Object.hasOwn(extra, key));
    const fits = cells.map((cell) => shared.every((key) => matchesValue(cell[key], extra[key])));
    if (!fits.includes(true)) own.push({ ...extra });
    for (const [at, cell] of grown.entries()) if (fits[at] === true) Object.assign(cell, extra);
  }
  return [...grown, ...own];
}

function matches(cell: Record<string, unknown>, pattern: Record<string, unknown>): boolean {
  return Object.entries(pattern).every(([key, value]) => Object.hasOwn(cell, key) && matchesValue(cell[key], value));
}

/** A pattern may name only some keys of an object. */
function matchesValue(value: unknown, pattern: unknown): boolean {
  if (typeof pattern === "object" && pattern !== null && !Array.isArray(pattern)) {
    return (
      typeof value === "object" &&
      value !== null &&
      matches(value as Record<string, unknown>, pattern as Record<string, unknown>)
    );
  }
  return isDeepStrictEqual(value, pattern);
}

function list(node: unknown): Record<string, unknown>[] {
  return Array.isArray(node) ? node.map((item) => ({ ...mapping(item) })) : [];
}

function leaves(value: unknown): string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leaves);
  return [typeof value === "string" ? value : value === null ? "" : JSON.stringify(value)];
}
