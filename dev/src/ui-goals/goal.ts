/** One figure beside what it should be. */
export type Figure = {
  readonly goal: string;
  readonly value: number;
  readonly unit: string;
  /** The most or the least that is good. */
  readonly bound: number;
  readonly better: "less" | "more";
  /** What else was seen, for people. */
  readonly note?: string;
};

export function isReached({ value, bound, better }: Figure): boolean {
  return better === "less" ? value <= bound : value >= bound;
}

export function formatFigures(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const number = (value: number) => `${Number.isInteger(value) ? value : value.toFixed(1)} ${figure.unit}`.trimEnd();
    return [
      isReached(figure) ? "✓" : "✗",
      figure.goal,
      number(figure.value),
      `${figure.better === "less" ? "≤" : "≥"} ${number(figure.bound)}`,
      figure.note ?? "",
    ];
  });
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
