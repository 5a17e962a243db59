import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { faultsOfEvent } from "./description.ts";

export type Received = {
  event: string;
  action: string | undefined;
  guid: string;
  payload: Record<string, unknown>;
  headers: IncomingMessage["headers"];
  signed: boolean;
};

export type Receiver = {
  url: string;
  received: Received[];
  /** What GitHub's description finds wrong with the events, and signatures that do not fit. */
  faults: string[];
  /** Status of the next answers. */
  status: number;
  /** Resolves with the first event that fits, also one that has come already. */
  waitFor(name: string, fits?: (received: Received) => boolean): Promise<Received>;
  names(): string[];
  close(): Promise<void>;
};

/** A webhook's other end: checks every signature and every payload, and keeps them. */
export async function startReceiver(secret: string): Promise<Receiver> {
  const waiting: { fits: (received: Received) => boolean; resolve: (received: Received) => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const payload = JSON.parse(body.toString()) as Record<string, unknown>;
      const action = payload["action"];
      const event = String(request.headers["x-github-event"]);
      const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
      const received: Received = {
        event,
        action: typeof action === "string" ? action : undefined,
        guid: String(request.headers["x-github-delivery"]),
        payload,
        headers: request.headers,
        signed: request.headers["x-hub-signature-256"] === signature,
      };
      if (!received.signed) receiver.faults.push(`${event}: wrong signature`);
      receiver.faults.push(...faultsOfEvent(event, payload));
      receiver.received.push(received);
      response.statusCode = receiver.status;
      response.end("ok");
      for (const one of waiting) if (one.fits(received)) one.resolve(received);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    faults: [],
    status: 200,
    waitFor: (name, also = () => true) => {
      const fits = (one: Received) => nameOf(one) === name && also(one);
      const known = receiver.received.find(fits);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve) => waiting.push({ fits, resolve }));
    },
    names: () => receiver.received.map(nameOf),
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
  return receiver;
}

function nameOf({ event, action }: Received): string {
  return action === undefined ? event : `${event}.${action}`;
}
