import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressFiles } from "./build/compress-files.ts";
import { keepBudgets } from "./build/keep-budgets.ts";
import { slimContracts } from "./build/slim-contracts.ts";
import { slimWorker } from "./build/slim-worker.ts";

const gateway = process.env["CONSOLE_GATEWAY"] ?? "http://127.0.0.1:3000";

export default defineConfig({
  plugins: [
    slimContracts(),
    react(),
    tailwind(),
    keepBudgets({ first: 180, builder: 85, editor: 135, worker: 140 }),
    compressFiles(),
  ],
  build: {
    target: "es2023",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
  },
  worker: { format: "es", plugins: () => [slimWorker()] },
  server: { proxy: { "/api": gateway, "/readyz": gateway, "/ops/queues": gateway } },
});
