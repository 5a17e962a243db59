import { Scalar } from "yaml";

/** A text that YAML must read back as it stands. */
export function quoted(text: string): Scalar<string> {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** A script as a literal block that ends in one newline; quoted when it holds control characters, which a block cannot. */
export function script(source: string): Scalar<string> {
  const text = `${source.replaceAll("\r\n", "\n").replace(/\n+$/, "")}\n`;
  const scalar = new Scalar(text);
  // eslint-disable-next-line no-control-regex -- YAML forbids exactly these in a block
  scalar.type = /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text) ? Scalar.QUOTE_DOUBLE : Scalar.BLOCK_LITERAL;
  return scalar;
}
