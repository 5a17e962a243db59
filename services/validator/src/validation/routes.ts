import { validatorEndpoints } from "@infraskill/contracts/validator-endpoints";
import type { HttpServer } from "@infraskill/platform/http";
import { serveEndpoints } from "@infraskill/platform/http-endpoints";
import { unavailable } from "@infraskill/platform/http-problem";
import { requireServiceToken } from "@infraskill/platform/http-service-token";
import type { Checker } from "../checker/checker.ts";
import { PoolFull } from "../checker/thread-pool.ts";

/** The private HTTP API: drafts are checked at once and kept nowhere. */
export function addValidationRoutes(
  app: HttpServer,
  { checker, token }: { checker: Pick<Checker, "check" | "actionlint_version">; token: string },
): void {
  void app.register(async (guarded) => {
    guarded.addHook("onRequest", requireServiceToken(token));
    serveEndpoints(guarded as HttpServer, validatorEndpoints, {
      async about() {
        return { actionlint_version: checker.actionlint_version };
      },
      async validate({ body }) {
        const { yaml_content, ...options } = body;
        try {
          return await checker.check(yaml_content, options);
        } catch (cause) {
          if (cause instanceof PoolFull)
            throw unavailable("Too many files are being checked.", { retry_after_s: 2, cause });
          throw cause;
        }
      },
    });
  });
}
