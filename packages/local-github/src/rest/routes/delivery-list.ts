import { viewDeliveryItem } from "../../view/hook.ts";
import type { Answer, Context } from "../route.ts";

/** Deliveries, newest first, by cursor as GitHub lists them. Those still under way are not shown. */
export function listDeliveries(context: Context, where: { hook_id: number } | { app_id: number }): Answer {
  const { github, query, page, url } = context;
  const cursor = Number(query["cursor"]);
  const after = Number.isInteger(cursor) && cursor > 0;
  const status = query["status"];
  const code = "doc ->> '$.status_code'";
  const ok = `${code} >= 200 and ${code} < 300`;
  const parts = ["doc ->> '$.status' <> 'pending'"];
  if (after) parts.push("id < ?");
  if (status === "success") parts.push(ok);
  if (status === "failure") parts.push(`not (${ok})`);
  const found = github.state.deliveries.find({
    where,
    and: parts.join(" and "),
    and_values: after ? [cursor] : [],
    order: "id desc",
    limit: page.per_page + 1,
  });
  const shown = found.slice(0, page.per_page);
  const last = shown.at(-1);
  const headers: Record<string, string> = {};
  if (found.length > page.per_page && last !== undefined) {
    const next = new URL(url);
    next.searchParams.set("cursor", String(last.id));
    headers["link"] = `<${next.href}>; rel="next"`;
  }
  return { status: 200, body: shown.map((delivery) => viewDeliveryItem(delivery)), headers };
}
