import type { RulePage } from "./rule-page.ts";

export const containerMounts: RulePage = {
  id: "container-mounts",
  why: `What a container shares with its runner outlives it. On an own runner a mounted directory, the Docker socket, the host's network or \`--privileged\` is the machine itself: the next execution runs on what this one left.`,
  allow: `On runners that live for one job:`,
  samples: [
    {
      title: "The Docker socket",
      at: `    name: Execute
`,
      wrong: `    name: Execute
    container:
      image: debian:13
      volumes:
        - /var/run/docker.sock:/var/run/docker.sock
`,
      right: `    name: Execute
    container:
      image: debian:13
`,
    },
    {
      title: "A privileged service",
      at: `    name: Execute
`,
      wrong: `    name: Execute
    services:
      cache:
        image: redis:8
        options: --privileged
`,
      right: `    name: Execute
    services:
      cache:
        image: redis:8
        options: --health-cmd "redis-cli ping"
`,
    },
    {
      title: "A volume with a name",
      at: `    name: Execute
`,
      wrong: `    name: Execute
    container:
      image: debian:13
      volumes:
        - cache:/var/cache
`,
      right: `    name: Execute
    container:
      image: debian:13
`,
      severity: "warning",
    },
  ],
};
