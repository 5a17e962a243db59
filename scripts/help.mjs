import { readFileSync } from "node:fs";

const general = `infraskill

  npm start                the whole system on this machine
  npm test                 every test
  npm run check            types, lint, format, unused code, generated documents
  npm run chaos            everything under faults, judged by its tables and GitHub's ledger;
                           -- --flood: 500 webhooks a second; -- --fuzz: requests made from the API's description
  npm run bench            how fast, beside what it could be at best
  npm run ui:goals         what the console promises, measured
  npm run ui:screenshots   the pictures of the console in docs/images

Add -- --help for more, for example: npm start -- --help`;

const test = `npm test [-- --verbose] [-- <what vitest takes>]

Runs the unit, integration and end-to-end tests, one kind after the other. The last line is: N passed, N failed.

  npm test -- packages/workflow           only the tests below a folder
  npm test -- --project unit              only one kind: unit, int or e2e
  npm test -- -t "merged"                 only the tests whose name says so

Integration tests use Postgres and Redis in containers where a Docker engine answers, local binaries otherwise.`;

const check = `npm run check [-- --verbose]

Runs every check:* script of package.json and shows how long each took.`;

/** What `--help` prints; a file where the program it belongs to is not one of these scripts. */
export const help = {
  general,
  test,
  check,
  get start() {
    return readHelp("start");
  },
  get chaos() {
    return readHelp("chaos");
  },
  get flood() {
    return readHelp("flood");
  },
  get fuzz() {
    return readHelp("fuzz");
  },
  get bench() {
    return readHelp("bench");
  },
  get "ui:goals"() {
    return readHelp("ui-goals");
  },
  get "ui:screenshots"() {
    return readHelp("screenshots");
  },
};

function readHelp(program) {
  return readFileSync(new URL(`../dev/src/${program}/help.txt`, import.meta.url), "utf8").trimEnd();
}
