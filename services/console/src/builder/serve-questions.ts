import type { Answers, Ask } from "./messages.ts";

type Asked<K extends Ask["kind"]> = Extract<Ask, { kind: K }>;
type Answering = { readonly [K in Ask["kind"]]?: (ask: Asked<K>) => Answers[K] | Promise<Answers[K]> };

/** Makes this worker answer what it is asked, each question under its own `id`. */
export function serveQuestions(answering: Answering): void {
  onmessage = async ({ data }: MessageEvent<{ id: number; ask: Ask }>) => {
    try {
      const answer = answering[data.ask.kind] as ((ask: Ask) => unknown) | undefined;
      if (answer === undefined) throw new Error(`this worker does not answer ${data.ask.kind}`);
      postMessage({ id: data.id, answer: await answer(data.ask) });
    } catch (error) {
      postMessage({ id: data.id, failure: error instanceof Error ? error.message : String(error) });
    }
  };
}
