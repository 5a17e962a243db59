import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { Endpoint } from "@infraskill/contracts/endpoint";
import type { connectRedis } from "@infraskill/platform/redis";

type Redis = ReturnType<typeof connectRedis>;

/** What one place holds, for looking into it. */
export type Place = { readonly where: string; readonly text: string };

/** Every key of Redis with all it holds, whatever its type. */
export async function readRedis(redis: Redis): Promise<Place[]> {
  const places: Place[] = [];
  for (let cursor = "0", first = true; first || cursor !== "0"; first = false) {
    const [next, keys] = await redis.scan(cursor, "COUNT", 500);
    cursor = next;
    for (const key of keys)
      places.push({ where: `Redis: ${key}`, text: `${key} ${JSON.stringify(await read(redis, key))}` });
  }
  return places;
}

async function read(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case "string":
      return redis.get(key);
    case "hash":
      return redis.hgetall(key);
    case "list":
      return redis.lrange(key, 0, -1);
    case "set":
      return redis.smembers(key);
    case "zset":
      return redis.zrange(key, "0", "-1");
    case "stream":
      return redis.xrange(key, "-", "+");
    case "none":
      return undefined;
    default:
      throw new Error(`${key} is a ${type}, which nobody reads here`);
  }
}

/** Paths of reading routes with every id that is known, and what is open beside the table. */
export function readingPaths(ids: {
  readonly [name in "execution_id" | "skill" | "task"]: readonly string[];
}): string[] {
  const table = Object.values<Endpoint>(publicEndpoints).filter(
    ({ method, path }) => method === "GET" && path !== "/api/events",
  );
  const paths = table.flatMap(({ path }) => {
    if (path.includes("{execution_id}")) return ids.execution_id.map((id) => path.replace("{execution_id}", id));
    const known = path.startsWith("/api/tasks") ? ids.task : ids.skill;
    return path.includes("{id}") ? known.map((id) => path.replace("{id}", id)) : [path];
  });
  const others = [
    "/livez",
    "/readyz",
    "/metrics",
    "/api/openapi.json",
    "/api/docs",
    "/ops/queues/",
    "/ops/queues/api/queues",
  ];
  const queues = ["validation", "pull-requests", "dispatch", "logs", "deliveries"].map(
    (queue) => `/ops/queues/api/queues?activeQueue=${queue}&page=1&jobsPerPage=100`,
  );
  return [...paths, ...others, ...queues];
}

/** An answer as a caller sees it: status, headers and body. */
export async function readAnswer(where: string, answer: Response): Promise<Place> {
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  return { where: `${where} ${answer.status}`, text: `${headers}\n${await answer.text()}` };
}
