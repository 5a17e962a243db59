import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, it, vi } from "vitest";
import { refresh } from "./refresh.ts";

const queryKey = ["skills"];
let stop: (() => void) | undefined;
afterEach(() => stop?.());

/** What is shown of a list whose answers come when the test lets them. */
function shown() {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: false } } });
  const answers: ((text: string) => void)[] = [];
  const queryFn = () => new Promise<string>((resolve) => void answers.push(resolve));
  const observer = new QueryObserver(client, { queryKey, queryFn });
  stop = observer.subscribe(() => undefined);
  return { client, answers, data: () => observer.getCurrentResult().data };
}

it("reads once more what was on its way when something changed", async () => {
  const { client, answers, data } = shown();
  refresh(client, queryKey);
  expect(answers).toHaveLength(1);
  answers[0]!("before");
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]!("after");
  await vi.waitFor(() => expect(data()).toBe("after"));
});

it("reads what is there once", async () => {
  const { client, answers, data } = shown();
  answers[0]!("before");
  await vi.waitFor(() => expect(data()).toBe("before"));
  refresh(client, queryKey);
  expect(answers).toHaveLength(2);
  answers[1]!("after");
  await vi.waitFor(() => expect(data()).toBe("after"));
  expect(answers).toHaveLength(2);
});
