#!/usr/bin/env node
// The API that strips types still calls itself experimental; that is no news to whoever starts a server.
process.removeAllListeners("warning");
await import("./register.mjs");
await import("../src/main.ts");
