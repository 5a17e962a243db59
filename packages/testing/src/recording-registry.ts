import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A row as workers read it; `path` is where: `/internal/revisions/1`, `/internal/executions/<id>/work`, `/internal/deliveries/1`, … */
export type Row = { version: number; status: string } & Record<string, unknown>;
export type Report = {
  path: string;
  version: number;
  event: { type: string } & Record<string, unknown>;
  applied: boolean;
};

export interface RecordingRegistry {
  readonly base_url: string;
  readonly rows: Map<string, Row>;
  readonly reports: Report[];
  /** What is asked for by POST, by path. */
  readonly answers: Map<string, (body: never) => object>;
  /** Changes the row before a report is judged, as others might meanwhile. */
  beforeReport: (row: Row, event: Report["event"]) => void;
  /** Changes the row after an applied report; by default its version only counts up. */
  onReport: (row: Row, report: Report) => void;
  /** Jobs that the next applied reports answer with. */
  jobs: object[];
  readonly stop: () => Promise<void>;
}

/**
 * What a worker sees of the registry, for tests of one worker alone: hands out rows, applies a report when its version is the row's, and keeps all
 * of them. It decides nothing.
 */
export async function startRecordingRegistry(token: string): Promise<RecordingRegistry> {
  const rows = new Map<string, Row>();
  const reports: Report[] = [];
  const answers: RecordingRegistry["answers"] = new Map();
  /** Taking an execution for its dispatch is kept as the report `dispatch_started`. */
  const begin = (row: Row, path: string, version: number | undefined): boolean => {
    if (row.version !== version || row.status !== "queued") return false;
    const report: Report = { path, version, event: { type: "dispatch_started" }, applied: true };
    reports.push(report);
    row.version += 1;
    registry.onReport(row, report);
    return true;
  };
  const server = createServer((request, response) => {
    const send = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const refuse = (status: number, title: string) =>
      send(status, { type: "urn:test", title, status, detail: title, instance: "test" });
    const path = request.url ?? "";
    if (path === "/livez") return void send(200, { status: "up" });
    if (request.headers.authorization !== `Bearer ${token}`) return void refuse(401, "No valid credential");
    if (request.method === "GET") {
      const row = rows.get(path);
      return void (row === undefined ? refuse(404, "Not found") : send(200, row));
    }
    readJson(request).then(
      (body) => {
        const answer = answers.get(path);
        if (answer !== undefined) return send(200, answer(body as never));
        const { version, event, outcome } = body;
        const owner = path.replace(/\/(?:events|outcome|dispatch)$/, "");
        const row = rows.get(owner) ?? rows.get(`${owner}/work`);
        if (row === undefined) return refuse(404, "Not found");
        if (path.endsWith("/dispatch")) return send(200, { begun: begin(row, path, version), work: row });
        registry.beforeReport(row, (event ?? outcome) as Report["event"]);
        const report = { path, version, event: event ?? outcome, applied: row.version === version } as Report;
        reports.push(report);
        if (report.applied) {
          row.version += 1;
          registry.onReport(row, report);
        }
        const { applied } = report;
        return send(200, { applied, version: row.version, status: row.status, jobs: applied ? registry.jobs : [] });
      },
      () => refuse(400, "The request cannot be read"),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const registry: RecordingRegistry = {
    base_url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rows,
    reports,
    answers,
    beforeReport: () => undefined,
    onReport: () => undefined,
    jobs: [],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return registry;
}

async function readJson(request: IncomingMessage): Promise<{ version?: number; event?: object; outcome?: object }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as { version?: number };
}
