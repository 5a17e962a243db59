import type { Template } from "./template.ts";
import { certificateExpiry } from "./templates/certificate-expiry.ts";
import { httpHealthCheck } from "./templates/http-health-check.ts";

/** The starter skills, in the order of the gallery. */
export const templates: readonly Template[] = [httpHealthCheck, certificateExpiry];
