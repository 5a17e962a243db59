import { anyChars, type Charset } from "../chars/charset.ts";
import { charsIn, nothingKnown } from "./facts.ts";
import { ShellFlow } from "./flow.ts";

/** Which characters a variable can still hold at an offset of a script, by the checks that every run to there has passed. */
export type Guards = {
  readonly charsAt: (at: number, name: string) => Charset;
  /** The same behind a run of the script that succeeded. */
  readonly charsAfter: (name: string) => Charset;
};

/**
 * The checks of a script for sh or bash that end the run otherwise, or that a command stands behind: `[[ $X =~ ^[a-z]+$ ]] || exit 1`, `if … then … fi`, `case`,
 * `grep -Eqx`, `expr`, functions that check what they are given.
 */
export function guardsIn(script: string, fails_at_once: boolean): Guards {
  if (!mayCheck.test(script)) return noGuards;
  const known = fails_at_once ? knownFailing : knownSurviving;
  const found = known.get(script);
  if (found !== undefined) return found;
  const {
    found: places,
    atEnd,
    afterSuccess,
  } = new ShellFlow(script, fails_at_once && !/\bset\s+\+(?:\w*e|o\s+errexit)/.test(script));
  const guards: Guards = {
    charsAt(at, name) {
      const place = places.find(({ end }) => end > at);
      return charsIn(place?.facts ?? (places.length > 0 ? atEnd : nothingKnown), name);
    },
    charsAfter: (name) => charsIn(afterSuccess, name),
  };
  if (known.size >= 100) known.clear();
  known.set(script, guards);
  return guards;
}

/** Several rules ask about the same script. */
const knownFailing = new Map<string, Guards>();
const knownSurviving = new Map<string, Guards>();

/** Of a script without branches and checks. */
export const noGuards: Guards = { charsAt: () => anyChars, charsAfter: () => anyChars };

const mayCheck = /\[\[|\[\s|&&|\|\||grep\b|\b(?:if|case|while|until|for|select|test|expr)\s/;
