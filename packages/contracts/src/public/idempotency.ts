import { z } from "zod";
import { text } from "../text.ts";

export const IdempotencyHeader = z.object({
  "idempotency-key": text({ min: 1, max: 200 })
    .optional()
    .meta({ description: "Same key and body: the first answer again." }),
});
