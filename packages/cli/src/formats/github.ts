import type { CheckedFile } from "../main.ts";

const commands = { error: "error", warning: "warning", info: "notice" } as const;

/**
 * Workflow commands that GitHub shows as annotations on the lines of a pull request.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function toAnnotations(files: readonly CheckedFile[]): string {
  const lines = files.flatMap(({ file, validation }) =>
    validation.diagnostics.map(({ severity, rule, message, line, column, end_line, end_column }) => {
      const place = { file, line, endLine: end_line, col: column, endColumn: end_column, title: rule };
      const properties = Object.entries(place).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
      return `::${commands[severity]} ${properties.join(",")}::${escapeData(message)}`;
    }),
  );
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
