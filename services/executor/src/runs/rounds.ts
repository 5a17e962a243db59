import { setTimeout as delay } from "node:timers/promises";

/** Answers one question of a round. */
type Tell<Question, Answer> = (question: Question) => Answer;
type Round<Question, Answer> = { questions: Question[]; tell: Promise<Tell<Question, Answer>> };

/**
 * Asks for many at once. A round per key begins at most every `every_ms`; who comes in between is in the next one, so that every answer was read
 * after its question was asked. A round that takes long holds no other up.
 * @param ask answers all questions of a round; when it throws, every one of them does
 */
export function createRounds<Question, Answer>(
  ask: (key: string, questions: readonly Question[]) => Promise<Tell<Question, Answer>>,
  every_ms: number,
): (key: string, question: Question) => Promise<Answer> {
  const open = new Map<string, Round<Question, Answer>>();
  const begun_at = new Map<string, number>();

  async function begin(key: string, questions: readonly Question[]): Promise<Tell<Question, Answer>> {
    const last = begun_at.get(key);
    await delay(last === undefined ? 0 : Math.max(0, last + every_ms - performance.now()));
    open.delete(key);
    begun_at.set(key, performance.now());
    return ask(key, questions);
  }

  return async (key, question) => {
    let round = open.get(key);
    if (round === undefined) {
      const questions: Question[] = [];
      round = { questions, tell: begin(key, questions) };
      open.set(key, round);
    }
    round.questions.push(question);
    return (await round.tell)(question);
  };
}
