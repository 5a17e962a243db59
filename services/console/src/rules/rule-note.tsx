import { howToAllow } from "@infraskill/workflow/rule-explanation";
import { rulePages } from "@infraskill/workflow/rule-pages";
import { MarkdownView } from "../ui/markdown-view.tsx";

/** Why a rule is there and how to allow a finding of it, for below the finding. */
export default function RuleNote({ id }: { id: string }) {
  const page = rulePages.find((rule) => rule.id === id);
  if (page === undefined) return null;
  return <MarkdownView heading="h3" text={[page.why, "#### How to allow it", ...howToAllow(page)].join("\n\n")} />;
}
