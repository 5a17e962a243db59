/**
 * One call at a time, and of those that wait only the newest: what was asked meanwhile and is superseded is never begun, and answers undefined. For
 * questions whose older answers nobody wants, asked faster than they can be answered.
 */
export function latestOnly<Question, Answer>(
  call: (question: Question) => Promise<Answer>,
): (question: Question) => Promise<Answer | undefined> {
  let busy = false;
  let waiting: { question: Question; settle: (answer: Promise<Answer> | undefined) => void } | undefined;
  const begin = (question: Question): Promise<Answer> => {
    busy = true;
    return call(question).finally(() => {
      busy = false;
      const last = waiting;
      waiting = undefined;
      if (last !== undefined) last.settle(begin(last.question));
    });
  };
  return (question) => {
    if (!busy) return begin(question);
    return new Promise((settle) => {
      waiting?.settle(undefined);
      waiting = { question, settle };
    });
  };
}
