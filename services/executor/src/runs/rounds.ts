/** Answers one question of a round. */
type Tell<Question, Answer> = (question: Question) => Answer;
type Round<Question, Answer> = { questions: Question[]; tell: Promise<Tell<Question, Answer>> };

const forget = () => undefined;

/**
 * Asks for many at once, one round at a time per key: who comes while a round is under way waits for the next, so that every answer was read after
 * its question was asked.
 * @param ask answers all questions of a round; when it throws, every one of them does
 */
export function createRounds<Question, Answer>(
  ask: (key: string, questions: readonly Question[]) => Promise<Tell<Question, Answer>>,
): (key: string, question: Question) => Promise<Answer> {
  const open = new Map<string, Round<Question, Answer>>();
  const last = new Map<string, Promise<unknown>>();

  function openRound(key: string): Round<Question, Answer> {
    const questions: Question[] = [];
    const before = last.get(key) ?? Promise.resolve();
    const tell = before.then(() => {
      open.delete(key);
      return ask(key, questions);
    });
    last.set(key, tell.then(forget, forget));
    const round = { questions, tell };
    open.set(key, round);
    return round;
  }

  return async (key, question) => {
    const round = open.get(key) ?? openRound(key);
    round.questions.push(question);
    return (await round.tell)(question);
  };
}
