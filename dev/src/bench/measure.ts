import { Agent, request } from "node:http";

export interface Call {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One HTTP call over the agent's kept connections; cheaper than fetch, so that the generator is not what is measured. */
export function callOver(agent: Agent, { method, url, headers, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = request(url, { method, agent, headers: { ...headers, ...length } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
      answer.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Calls per second over so many connections, each used again as soon as it was answered. @throws Error for an answer that is no success */
export async function measureRate(connections: number, for_ms: number, makeCall: () => Call): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const until = performance.now() + for_ms;
  let answered = 0;
  const since = performance.now();
  const drive = async () => {
    while (performance.now() < until) {
      const { status, body } = await callOver(agent, makeCall());
      if (status >= 300) throw new Error(`answered ${status}: ${body}`);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, drive));
  agent.destroy();
  return answered / ((performance.now() - since) / 1_000);
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/**
 * Both sides take turns, so that what else the machine does hurts both. The first turns of each, `uncounted`, are not counted: programs that have just
 * started are still being compiled, the larger one for longer.
 *
 * @returns the median of each
 */
export async function inTurns(
  rounds: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
  uncounted = 1,
): Promise<{ ours: number; theirs: number }> {
  const measured = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds + uncounted; round += 1) {
    const [own, other] = [await ours(), await theirs()];
    if (round < uncounted) continue;
    measured.ours.push(own);
    measured.theirs.push(other);
  }
  return { ours: median(measured.ours), theirs: median(measured.theirs) };
}
