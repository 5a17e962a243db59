import type { Fix } from "@infraskill/contracts/diagnostic";
import { endOfLine, replaceRange } from "../edit/splice.ts";
import { isBlockScalar, type Located, type Source } from "../file/source.ts";
import { knownActions } from "../known/actions.ts";

/** Writes the commit where the version that is asked for is known, and the version behind it where nothing else stands on the line. */
export function pinAction(source: Source, { value, place, node }: Located<string>): Fix | null {
  const { action, version } = partsOf(value);
  const known = knownActions.find(
    (candidate) =>
      candidate.action === action.toLowerCase() &&
      (version === candidate.version || candidate.version.startsWith(`${version}.`)),
  );
  // Only the version is replaced, so that quotes stay around the whole.
  const at = source.text.slice(place.start, place.end).lastIndexOf(`@${version}`);
  if (known === undefined || at < 0) return null;
  const start = place.start + at + 1;
  const end = endOfLine(source.text, place.end);
  const closes = /^[\s}\],]*$/.test(source.text.slice(place.end, end));
  return {
    title: `Pin ${known.version}`,
    edits: [
      replaceRange(source, start, start + version.length, known.commit),
      ...(closes && !isBlockScalar(node) ? [replaceRange(source, end, end, ` # ${known.version}`)] : []),
    ],
  };
}

/** What prints the commit or the digest to pin; undefined for a text that names no action. */
export function howToFind(uses: string): string | undefined {
  if (/^docker:\/\/[\w./:-]+$/.test(uses))
    return `\`docker buildx imagetools inspect ${uses.slice("docker://".length)}\` prints it as Digest`;
  const { action, version } = partsOf(uses);
  if (!/^[\w.-]+\/[\w.-]+$/.test(action) || !/^[\w./-]+$/.test(version)) return undefined;
  return `\`git ls-remote https://github.com/${action} ${version} '${version}^{}'\` prints it, on the line with ^{} where there is one`;
}

/** `owner/repository/folder@version`: the commit is the repository's. */
function partsOf(uses: string): { action: string; version: string } {
  const [path = "", version = ""] = uses.split("@");
  return { action: path.split("/", 2).join("/"), version };
}
