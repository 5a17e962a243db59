import { userInfo } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@infraskill/embedded/postgres";
import { identifyProcess } from "@infraskill/embedded/process-identity";
import { startRedis } from "@infraskill/embedded/redis";
import { stopLeftovers } from "./cleanup.ts";
import { makeDataDirectory } from "./data-directory.ts";
import type { SystemEndpoints } from "./endpoints-file.ts";
import { keepServer, type StartServer } from "./keep-server.ts";
import { createLogStream, type LogStream } from "./log-stream.ts";
import type { StartOptions } from "./options.ts";
import { choosePorts } from "./ports-file.ts";
import { ProcessTable } from "./process-table.ts";
import { createProgress, type Progress } from "./progress.ts";
import { NotReady, waitUntilReady } from "./readiness.ts";
import { prepareSecrets } from "./secrets.ts";
import { seedDemo } from "./seed.ts";
import { describeSystem } from "./summary.ts";
import { supervise, type Supervised, type SupervisionEvents } from "./supervise.ts";
import { planServices, repository, server_stage, serviceEnvironment, type ServicePlan } from "./system.ts";
import { watchOver } from "./watch-over.ts";
import { removeWorkerVariables, writeWorkerVariables } from "./worker-variables.ts";

export interface Surroundings {
  /** The root of the clone. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
  readonly colour: boolean;
  /** Default: every service of infraskill. */
  readonly plan?: typeof planServices;
  /** Every line of every process, as it wrote it. */
  readonly onLine?: (name: string, line: string) => void;
}

const ready_within_ms = 60_000;
/** A service that keeps dying before it was ever ready has a fault that another try does not mend. */
const deaths_before_ready = 5;

/** Postgres, Redis, every service and the local GitHub as child processes of this one. */
export class EmbeddedSystem {
  readonly #options: StartOptions;
  readonly #surroundings: Surroundings;
  readonly #progress: Progress;
  readonly #logs: LogStream;
  readonly #stopping = new AbortController();
  readonly #kept: { readonly stage: number; readonly process: Supervised }[] = [];
  #starting: Promise<SystemEndpoints> | undefined;
  #table: ProcessTable | undefined;
  #callOffWatch: (() => void) | undefined;

  constructor(options: StartOptions, surroundings: Surroundings) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#progress = createProgress(surroundings.print);
    const held = !options.verbose && options.variables.LOG_LEVEL === undefined;
    this.#logs = createLogStream({ held, colour: surroundings.colour, print: surroundings.print });
  }

  /**
   * Brings everything up and says where it is.
   * @throws Error with a message for people; what runs already goes on until `stop`
   */
  async start(): Promise<SystemEndpoints> {
    this.#starting = this.#bringUp();
    try {
      return await this.#starting;
    } catch (error) {
      if (error instanceof NotReady) this.#logs.showHeld();
      throw error;
    }
  }

  /** Makes the demo skills where the data directory is new. */
  async seed(endpoints: SystemEndpoints): Promise<void> {
    await seedDemo(this.#options.data_dir, endpoints, this.#progress, this.#stopping.signal);
  }

  /** Stops everything in order, also in the middle of the start: Postgres and Redis last. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error("stopped"));
    await this.#starting?.catch(() => undefined);
    for (const stage of [1, 2, server_stage]) {
      const processes = this.#kept.filter((one) => one.stage === stage);
      await Promise.all(processes.map((one) => one.process.stop()));
    }
    this.#callOffWatch?.();
    this.#table?.close();
    removeWorkerVariables(this.#options.data_dir);
  }

  /** Ends everything at once. */
  kill(): void {
    for (const { process } of this.#kept) process.kill();
    this.#table?.close();
  }

  async #bringUp(): Promise<SystemEndpoints> {
    const { data_dir, variables, started_at } = this.#options;
    makeDataDirectory(data_dir);
    const left = await stopLeftovers(data_dir);
    if (left.length > 0) this.#progress.note(`Stopped what an earlier start left running: ${left.join(", ")}.`);
    const secrets = prepareSecrets(data_dir, {
      admin_token: variables.ADMIN_TOKEN,
      registry_token: variables.REGISTRY_TOKEN,
      webhook_secret: variables.GITHUB_WEBHOOK_SECRET,
      github_token: variables.LOCAL_GITHUB_TOKEN,
      callback_secret: variables.CALLBACK_SECRET,
    });
    const ports = await choosePorts(this.#options);
    const supervisor = await identifyProcess(process.pid);
    if (supervisor === undefined) throw new Error("this process cannot see itself");
    this.#table = new ProcessTable(data_dir, supervisor);
    this.#callOffWatch = watchOver(data_dir);

    const folder = (name: string) => ({ data_dir: join(data_dir, name), log: this.#progress.note });
    const [database_url = "", redis_url = ""] = await this.#together([
      variables.DATABASE_URL ??
        this.#keepServer("postgres", (port) => startPostgres({ ...folder("postgres"), ...definedPort(port) })),
      variables.REDIS_URL ??
        this.#keepServer("redis", (port) => startRedis({ ...folder("redis"), ...definedPort(port) })),
    ]);

    const plan = this.#surroundings.plan ?? planServices;
    const services = plan({ ...ports, database_url, redis_url }, secrets, data_dir, variables.CALLBACK_MODE);
    await this.#together(services.map((service) => this.#keepService(service, services)));

    const github_url = `http://127.0.0.1:${ports.github_port}`;
    const endpoints = this.#table.publish({
      gateway_url: `http://127.0.0.1:${ports.gateway_port}`,
      admin_token: secrets.admin_token,
      webhook_secret: secrets.webhook_secret,
      github_url,
      github_api_url: `${github_url}/api/v3`,
      github_token: secrets.github_token,
      repository,
      database_url,
      redis_url,
    });
    writeWorkerVariables(data_dir, services);
    const facts = { after_ms: Date.now() - started_at, data_dir, user: userInfo().username, notes: ports.notes };
    this.#surroundings.print(describeSystem(endpoints, facts));
    this.#logs.open();
    return endpoints;
  }

  /** All or nothing: when one fails the others are called off, and none is still under way afterwards. */
  async #together<T>(acts: readonly (Promise<T> | T)[]): Promise<T[]> {
    const results = await Promise.allSettled(
      acts.map(async (act) => {
        try {
          return await act;
        } catch (error) {
          this.#stopping.abort(error);
          throw error;
        }
      }),
    );
    this.#stopping.signal.throwIfAborted();
    return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  }

  async #keepServer(name: "postgres" | "redis", startServer: StartServer): Promise<string> {
    const title = { postgres: "Postgres", redis: "Redis" }[name];
    const events = this.#events(server_stage, name === "postgres" ? "SIGINT" : "SIGTERM");
    const server = await this.#progress.step(() => keepServer(name, startServer, events), title);
    this.#kept.push({ stage: server_stage, process: server });
    this.#stopping.signal.throwIfAborted();
    return server.url;
  }

  async #keepService(service: ServicePlan, services: readonly ServicePlan[]): Promise<void> {
    this.#stopping.signal.throwIfAborted();
    const { root, env } = this.#surroundings;
    const { verbose, variables } = this.#options;
    const common = {
      LOG_LEVEL: verbose ? "debug" : (variables.LOG_LEVEL ?? "info"),
      // Node keeps the stripped and compiled text of every file there, which halves the time a service takes to start.
      NODE_COMPILE_CACHE: join(root, ".infraskill/compile-cache"),
    };
    const program = {
      name: service.name,
      command: process.execPath,
      args: [`--max-semi-space-size=${service.young_mb}`, service.main],
      cwd: root,
      env: serviceEnvironment(service, services, env, common),
    };
    const hopeless = new AbortController();
    let deaths = 0;
    const events = this.#events(service.stage, "SIGTERM");
    const child = supervise(program, {
      ...events,
      onEnd: (name, how, again_in_ms) => {
        events.onEnd(name, how, again_in_ms);
        deaths += 1;
        if (again_in_ms === undefined || deaths >= deaths_before_ready) hopeless.abort(new NotReady(`${name} ${how}.`));
      },
    });
    this.#kept.push({ stage: service.stage, process: child });
    const signal = AbortSignal.any([this.#stopping.signal, hopeless.signal]);
    await this.#progress.step(
      () => waitUntilReady(service.name, service.ready_url, ready_within_ms, signal),
      service.name,
    );
  }

  #events(stage: number, stop_signal: "SIGTERM" | "SIGINT"): SupervisionEvents {
    const say = (level: "warn" | "info", msg: string) => {
      this.#logs.write("start", JSON.stringify({ level, time: new Date().toISOString(), msg }));
    };
    return {
      onLine: (name, line) => {
        this.#surroundings.onLine?.(name, line);
        this.#logs.write(name, line);
      },
      onStart: (name, pid) => {
        void this.#table?.add(name, pid, stage, stop_signal);
      },
      onEnd: (name, how, again_in_ms) => {
        this.#table?.remove(name);
        const next = again_in_ms === undefined ? "cannot be started again" : `starts again in ${again_in_ms} ms`;
        say("warn", `${name} ${how}; ${next}`);
      },
    };
  }
}

function definedPort(port: number | undefined): { port?: number } {
  return port === undefined ? {} : { port };
}
