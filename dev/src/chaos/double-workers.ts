import { freePort } from "@infraskill/embedded/free-port";
import type { ServicePlan } from "../start/system.ts";

/** Two of each: killed in turns, one of them is always at work, and two of them meet over the same rows. */
const doubled = ["executor", "github-worker"];

/** Adds a second executor and github-worker, and has runs reach the gateway at `public_url`. */
export async function doubleWorkers(
  public_url: string,
): Promise<(services: readonly ServicePlan[]) => readonly ServicePlan[]> {
  const health_ports = await Promise.all(doubled.map(freePort));
  return (services) => {
    const own = services.map((service) =>
      "PUBLIC_URL" in service.env ? { ...service, env: { ...service.env, PUBLIC_URL: public_url } } : service,
    );
    const seconds = doubled.flatMap((name, index): ServicePlan[] => {
      const first = own.find((service) => service.name === name);
      if (first === undefined) return [];
      const port = String(health_ports[index]);
      return [
        {
          ...first,
          name: `${name}-2`,
          ready_url: `http://127.0.0.1:${port}/readyz`,
          env: { ...first.env, HEALTH_PORT: port },
        },
      ];
    });
    return [...own, ...seconds];
  };
}
