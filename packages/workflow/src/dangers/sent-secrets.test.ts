import { expect, it } from "vitest";
import { readSkillFile } from "../file/read.ts";
import { scopeWith } from "../values/test-scope.ts";
import { sentSecrets } from "./sent-secrets.ts";

const scope = scopeWith({ X: "high" });
const { env } = readSkillFile("env:\n  TOKEN: ${{ secrets.TOKEN }}\n  NAME: web\n");
const found = (script: string) =>
  sentSecrets(script, scope, env).map(({ secret, start, end }) => `${secret}: ${script.slice(start, end)}`);

it.each([
  ['curl -H "Authorization: Bearer $TOKEN" "$X"', 'secrets.TOKEN: "$X"'],
  ['curl --header @<(printf "X-Key: %s" "$TOKEN") --url "$X"', 'secrets.TOKEN: "$X"'],
  ['curl -u "ops:$TOKEN" "https://$X/health"', 'secrets.TOKEN: "https://$X/health"'],
  ['printf "X-Key: %s" "$TOKEN" | curl --header @- --url="$X"', 'secrets.TOKEN: --url="$X"'],
  [
    'basic=$(printf "ops:%s" "$TOKEN" | base64)\nwget --header "Authorization: Basic $basic" "$X"',
    'secrets.TOKEN: "$X"',
  ],
])("finds the secret that is sent in %j", (script, wanted) => {
  expect(found(script)).toEqual([wanted]);
});

it.each([
  'curl -H "Authorization: Bearer $TOKEN" "https://api.example.com/$X"',
  'curl -H "X-Name: $NAME" "$X"',
  'curl "$X"\ncurl -H "Authorization: Bearer $TOKEN" https://api.example.com',
  'curl -H "Authorization: Bearer $TOKEN" --data "$X" https://api.example.com',
  '[[ $X == https://api.example.com/* ]] || exit 1\ncurl -H "Authorization: Bearer $TOKEN" "$X"',
])("takes %j for safe", (script) => {
  expect(found(script)).toEqual([]);
});
