/** The longest credential anyone is given; longer ones are not worth a look-up. */
const max_length = 512;

/** The token of `Authorization: Bearer <token>` (RFC 6750), undefined when there is none of a sane shape and length. */
export function readBearer(authorization: string | undefined, longest = max_length): string | undefined {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? "")?.[1];
  return token !== undefined && token.length <= longest ? token : undefined;
}

/** The password of `Authorization: Basic …` (RFC 7617), where browsers put a token; the user name is ignored. */
export function readBasicPassword(authorization: string | undefined): string | undefined {
  const encoded = /^Basic +([\w+/-]+=*)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [, password] = /^[^:]*:(.+)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  return password === undefined ? undefined : readBearer(`Bearer ${password}`);
}
