import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { Link } from "@tanstack/react-router";
import { hasPage } from "./has-page.ts";

/** The name of a finding's rule; with what there is to read about it in another tab, so that the draft stays open. */
export function RuleLink({ diagnostic }: { diagnostic: Pick<Diagnostic, "source" | "rule"> }) {
  if (!hasPage(diagnostic)) return <span>{diagnostic.rule}</span>;
  return (
    <Link
      to="/rules/$id"
      params={{ id: diagnostic.rule }}
      target="_blank"
      className="text-accent underline underline-offset-2"
      title="What the rule is about (opens in a new tab)"
    >
      {diagnostic.rule}
    </Link>
  );
}
