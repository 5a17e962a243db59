import type { Variable } from "../file/read.ts";
import { callOf } from "../shell/command-word.ts";
import { shellCommands, type ShellWord } from "../shell/commands.ts";
import { inputOf } from "../shell/input.ts";
import { type Control, type Scope } from "../values/control.ts";
import { mayHoldValues } from "../values/event-file.ts";
import { valuesIn } from "../values/in-shell.ts";
import { controlOfShell } from "../values/shell-variables.ts";
import { uncheckedValues } from "../values/unchecked-values.ts";

/** A request with a secret in it to an address of the caller's; the offsets are those of the address in the script. */
type SentSecret = {
  readonly secret: string;
  readonly control: Control;
  readonly start: number;
  readonly end: number;
};

/** `curl -H "Authorization: Bearer $TOKEN" "$URL"`, with a secret that came by one of the `variables`. */
export function sentSecrets(script: string, scope: Scope, variables: readonly Variable[]): SentSecret[] {
  if (!mayHoldValues(script, scope) || !/\b(?:curl|wget|https?|xh)\s/.test(script)) return [];
  const secrets = secretsOf(variables);
  if (secrets.size === 0) return [];
  const held: Scope = { inputs: new Map(), env: secrets, matrix: undefined, outputs: new Map() };
  const secretsAt = valuesIn(script, held);
  const values = uncheckedValues(script, scope);
  const found: SentSecret[] = [];
  for (const command of shellCommands(script)) {
    const { program, rest } = callOf(command.words);
    if (!/^(?:curl|wget|https?|xh)$/.test(program)) continue;
    const address = addressesIn(rest).find((word) => serverOf(word.text) !== undefined);
    const control = address === undefined ? undefined : values.atBeginning(command, serverOf(address.text)!);
    if (address === undefined || control === undefined) continue;
    const sent = [...rest, ...inputOf(command)].filter((word) => word !== address);
    const secret = sent
      .map(({ text }) => controlOfShell(text, secretsAt(command.start), held))
      .find((each) => each !== undefined);
    if (secret !== undefined) found.push({ secret: secret.through, control, start: address.start, end: address.end });
  }
  return found;
}

function secretsOf(variables: readonly Variable[]): ReadonlyMap<string, Control> {
  return new Map(
    variables.flatMap(({ key, value }) => {
      const secret = /\bsecrets\.\w+|\bgithub\.token\b/i.exec(value.value)?.[0];
      return secret === undefined ? [] : [[key.value, { level: "high", through: secret } as const]];
    }),
  );
}

/** Options that take a word which is no address. */
const valued =
  /^(?:-\w*[HdFoubAeTKxmwX]|--(?:header|data[\w-]*|form[\w-]*|output|user|json|request|max-time|cacert|cert|key|proxy|write-out|retry[\w-]*|config|upload-file|oauth2-bearer|post-data|body-data|method))$/;

function addressesIn(words: readonly ShellWord[]): readonly ShellWord[] {
  return words.filter((_, index) => !valued.test(words[index - 1]?.text ?? ""));
}

/** What an address has where the name of the server stands, if that is a variable. */
function serverOf(word: string): string | undefined {
  const server = word.replace(/^--url=/, "").replace(/^(["']?)https?:\/\//, "$1");
  return /^"?\$[A-Za-z_{]/.test(server) ? server : undefined;
}
