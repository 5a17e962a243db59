import { lexer, type Token, type Tokens } from "marked";
import { Fragment, type ReactNode } from "react";

/** Markdown as elements: text stays text, HTML in it is shown as it is written, and links lead nowhere. */
export function MarkdownView({ text, heading = "h4" }: { text: string; heading?: Heading }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 text-sm">
      {lexer(text).map((token, index) => (
        <Fragment key={index}>{block(token, heading)}</Fragment>
      ))}
    </div>
  );
}

/** What a heading becomes: one step below what stands above it on the page. */
type Heading = "h2" | "h3" | "h4";

function block(token: Token, Heading: Heading): ReactNode {
  switch (token.type) {
    case "space":
      return null;
    case "heading":
      return <Heading className="border-b border-line pb-1 font-semibold">{inline(token)}</Heading>;
    case "code":
      return (
        <pre className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs leading-5" tabIndex={0}>
          {(token as Tokens.Code).text}
        </pre>
      );
    case "table":
      return <TableView table={token as Tokens.Table} />;
    default:
      return <p>{inline(token)}</p>;
  }
}

function TableView({ table }: { table: Tokens.Table }) {
  return (
    <div
      className="overflow-x-auto"
      tabIndex={0}
      role="group"
      aria-label={`Table of ${table.header.map(({ text }) => text).join(", ")}`}
    >
      <table className="w-full text-left text-xs">
        <thead>
          <tr className="border-b border-line-strong text-soft">
            {table.header.map((cell, index) => (
              <th key={index} scope="col" className="py-1 pr-3 font-medium whitespace-nowrap">
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index} className="border-b border-line align-top last:border-0">
              {row.map((cell, column) => (
                <td key={column} className="max-w-80 min-w-24 py-1 pr-3">
                  {inline(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(token: Token | Tokens.TableCell): ReactNode {
  if (!("tokens" in token) || token.tokens === undefined) return "text" in token ? token.text : "";
  return token.tokens.map((part: Token, index: number) => <Fragment key={index}>{piece(part)}</Fragment>);
}

function piece(token: Token): ReactNode {
  switch (token.type) {
    case "codespan":
      return (
        <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.9em] break-words">
          {(token as Tokens.Codespan).text}
        </code>
      );
    case "strong":
      return <strong className="font-semibold">{inline(token)}</strong>;
    case "em":
      return <em>{inline(token)}</em>;
    case "br":
      return <br />;
    case "html":
      return token.raw;
    default:
      return inline(token);
  }
}
