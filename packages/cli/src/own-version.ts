import { readFileSync } from "node:fs";

const about = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

/** The release this command line belongs to. */
export const ownVersion = about.version;
