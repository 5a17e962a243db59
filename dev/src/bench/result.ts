/** One line of the table: a figure beside the ratio to reach. */
export interface Result {
  readonly id: string;
  readonly what: string;
  /** Both sides as measured, for people. */
  readonly measured: string;
  readonly value: number;
  readonly unit: "×" | "MB" | "s" | "%" | "ms";
  /** Whether more is better; most ratios of times are better when small. */
  readonly better: "more" | "less";
  readonly must: number;
  readonly stretch: number;
}

export function judgeResult({ value, better, must, stretch }: Result): "stretch" | "must" | "below" {
  const reaches = (bound: number) => (better === "more" ? value >= bound : value <= bound);
  if (reaches(stretch)) return "stretch";
  return reaches(must) ? "must" : "below";
}

export function formatTable(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const sign = result.better === "more" ? "≥" : "≤";
    const number = (value: number) => `${value.toFixed(result.unit === "×" || value < 10 ? 2 : 0)} ${result.unit}`;
    return [
      result.id,
      result.what,
      result.measured,
      number(result.value),
      `${sign} ${number(result.must)}`,
      `${sign} ${number(result.stretch)}`,
      judgeResult(result),
    ];
  });
  const all = [["", "what", "measured (medians)", "value", "must", "stretch", "reached"], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
