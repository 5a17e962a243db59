import { explainRule } from "@infraskill/workflow/rule-explanation";
import { rulePages } from "@infraskill/workflow/rule-pages";
import { getRouteApi } from "@tanstack/react-router";
import { MarkdownView } from "../ui/markdown-view.tsx";
import { EmptyState, Page } from "../ui/page.tsx";

const route = getRouteApi("/app/rules/$id");

/** `/rules/:id`: why there is a rule, what it finds, and how a finding is allowed. */
export function RulePage() {
  const { id } = route.useParams();
  const page = rulePages.find((rule) => rule.id === id);
  if (page === undefined) {
    return (
      <Page title={<span className="font-mono">{id}</span>}>
        <EmptyState title="infraskill has no rule of this name" />
      </Page>
    );
  }
  const { title, facts, blocks } = explainRule(page);
  return (
    <Page
      title={title}
      lead={
        <>
          <span className="font-mono text-xs">{id}</span> · {facts}
        </>
      }
    >
      <div className="max-w-3xl rounded-lg border border-line bg-panel p-4 shadow-flat">
        <MarkdownView heading="h2" text={blocks.join("\n\n")} />
      </div>
    </Page>
  );
}
