import { placeAt } from "../file/source.ts";
import { credentialShapes } from "../known/credentials.ts";
import type { Rule } from "./rule.ts";

/** The file becomes public to everyone who can read the repository, for ever. */
export const secretLiteral: Rule = {
  id: "secret-literal",
  title: "Credential in the file",
  severity: "error",
  allowable: true,
  *check({ file: { source } }) {
    for (const [name, shape] of credentialShapes) {
      if (source.text.search(shape) < 0) continue;
      for (const match of source.text.matchAll(shape)) {
        const place = placeAt(source, match.index, match.index + match[0].length);
        yield {
          message: `This looks like a ${name}. Revoke it, and read it from a secret or use workload identity.`,
          place,
        };
      }
    }
  },
};
