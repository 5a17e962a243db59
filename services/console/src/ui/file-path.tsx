import { Fragment } from "react";

/** Breaks after a slash rather than within a name. */
export function FilePath({ path }: { path: string }) {
  return (
    <code className="font-mono text-xs [overflow-wrap:anywhere]">
      {path.split("/").map((part, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <>
              /<wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </code>
  );
}
