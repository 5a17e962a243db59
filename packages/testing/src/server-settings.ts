/** Nothing in a test server outlives the test run, so nothing waits for the disk. */
export const postgres_settings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "300",
} as const;

/** Each test file takes the next database of Redis; 0 stays free. */
export const redis_databases = 4_096;
