import { freePort, isPortFree } from "@infraskill/embedded/free-port";

export interface PortWish {
  /** For people: `the gateway`. */
  readonly who: string;
  readonly variable: string;
  /** What the variable says; 0 is any free port. */
  readonly asked: number | undefined;
  /** What an earlier start used: addresses of it may stand in the data. */
  readonly remembered: number | undefined;
  readonly usual: number;
}

export interface ChosenPort {
  readonly port: number;
  /** A sentence for people, when it is not the port they would expect. */
  readonly note?: string;
}

/** No port can be used. The message is for people. */
export class PortBusy extends Error {
  override readonly name = "PortBusy";
}

const tries = 100;

/**
 * The port that was asked for, or that an earlier start used, or the usual one; where nobody asked for it and it is busy,
 * the next free one. `taken` is one that this start has given away already.
 * @throws {PortBusy}
 */
export async function choosePort(
  wish: PortWish,
  taken?: number,
  isFreeHere: (port: number) => Promise<boolean> = isPortFree,
): Promise<ChosenPort> {
  const isFree = async (port: number) => port !== taken && (await isFreeHere(port));
  const { asked, remembered, usual, variable, who } = wish;
  if (asked === 0) {
    return { port: remembered !== undefined && (await isFree(remembered)) ? remembered : await freePort() };
  }
  if (asked !== undefined) {
    if (await isFree(asked)) return { port: asked };
    throw new PortBusy(
      `Port ${asked}, which ${variable} asks for, is in use by another program. ` +
        `Stop that program or choose another port, for example ${variable}=${asked + 10} npm start.`,
    );
  }
  const wanted = remembered ?? usual;
  for (let port = wanted; port < wanted + tries; port += 1) {
    if (!(await isFree(port))) continue;
    if (port === wanted) return { port };
    const note = `Port ${wanted} is in use by another program, so ${who} is on ${port}. ${variable} chooses another.`;
    return { port, note };
  }
  throw new PortBusy(
    `No port from ${wanted} to ${wanted + tries - 1} is free for ${who}. Choose one with ${variable}.`,
  );
}
