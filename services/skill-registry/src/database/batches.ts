const BATCH = 200;

/** Deletes or changes a few rows at a time, so that none of it locks the table for long. Answers how many. */
export async function inBatches(some: (limit: number) => Promise<bigint | undefined>): Promise<number> {
  let done = 0;
  for (;;) {
    const rows = Number((await some(BATCH)) ?? 0);
    done += rows;
    if (rows < BATCH) return done;
  }
}
