import { Agent, get } from "node:http";

/** How often each outcome came: a status, or the code of what went wrong. */
export type Outcomes = Record<string, number>;

/**
 * Asks over and over on as many connections as told, each kept alive and used again at once, as a busy client does. A client that is answered 503
 * stops, as `retry-after` wants it; one whose request fails stops as well. `asked` says how many were answered so far.
 */
export function keepAsking(url: string, headers: Record<string, string>, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const outcomes: Outcomes = {};
  let asked = 0;
  const askOnce = () =>
    new Promise<string>((resolve) => {
      const failed = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message);
      get(url, { agent, headers }, (answer) => {
        answer.on("error", failed).on("end", () => resolve(String(answer.statusCode)));
        answer.resume();
      }).on("error", failed);
    });
  const client = async () => {
    for (let outcome = "200"; outcome === "200"; asked += 1) {
      outcome = await askOnce();
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  };
  const ended = Promise.all(Array.from({ length: connections }, client)).then(() => {
    agent.destroy();
    return outcomes;
  });
  return { asked: () => asked, ended };
}
