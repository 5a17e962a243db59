import { cdnCachePurge } from "./templates/cdn-cache-purge.ts";
import { certificateExpiry } from "./templates/certificate-expiry.ts";
import { cloudrunTrafficShift } from "./templates/cloudrun-traffic-shift.ts";
import { dnsRecordUpsert } from "./templates/dns-record-upsert.ts";
import { gceVmCreate } from "./templates/gce-vm-create.ts";
import { gceVmRestart } from "./templates/gce-vm-restart.ts";
import { gcloudIamAudit } from "./templates/gcloud-iam-audit.ts";
import { httpHealthCheck } from "./templates/http-health-check.ts";
import { k8sDrainNode } from "./templates/k8s-drain-node.ts";
import { k8sRestartDeployment } from "./templates/k8s-restart-deployment.ts";
import { k8sRollback } from "./templates/k8s-rollback.ts";
import { k8sScaleDeployment } from "./templates/k8s-scale-deployment.ts";
import { postgresBackup } from "./templates/postgres-backup.ts";
import { postgresKillIdle } from "./templates/postgres-kill-idle.ts";
import { secretRotateGcp } from "./templates/secret-rotate-gcp.ts";
import { sshDiskCleanup } from "./templates/ssh-disk-cleanup.ts";
import type { Template } from "./templates/template.ts";
import { terraformApply } from "./templates/terraform-apply.ts";
import { terraformPlan } from "./templates/terraform-plan.ts";

/** The starter skills, in the order of the gallery. The two that need no cloud account come first. */
export const templates: readonly Template[] = [
  httpHealthCheck,
  certificateExpiry,
  k8sRestartDeployment,
  k8sScaleDeployment,
  k8sDrainNode,
  k8sRollback,
  secretRotateGcp,
  postgresBackup,
  postgresKillIdle,
  terraformPlan,
  terraformApply,
  dnsRecordUpsert,
  cdnCachePurge,
  sshDiskCleanup,
  gceVmCreate,
  gceVmRestart,
  cloudrunTrafficShift,
  gcloudIamAudit,
];
