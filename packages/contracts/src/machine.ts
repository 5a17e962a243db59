/** A state machine as data: for every state, the events it accepts and the state each leads to. */
export type Machine = {
  readonly name: string;
  readonly initial: string;
  readonly states: { readonly [state: string]: { readonly [event: string]: string } };
};

export type StateOf<M> = M extends { readonly states: infer T } ? keyof T & string : never;
export type EventOf<M> = M extends { readonly states: infer T }
  ? { [S in keyof T]: keyof T[S] & string }[keyof T]
  : never;

/** Checks at compile time that every target is a state of the same machine. */
export function defineMachine<const T extends Machine["states"]>(machine: {
  readonly name: string;
  readonly initial: keyof T & string;
  readonly states: T & { readonly [S in keyof T]: { readonly [E in keyof T[S]]: keyof T } };
}): { readonly name: string; readonly initial: keyof T & string; readonly states: T } {
  return machine;
}

/** The state after `event`, or undefined when the state does not accept it (stale or duplicate: a normal outcome). */
export function nextState<M extends Machine>(machine: M, state: StateOf<M>, event: EventOf<M>): StateOf<M> | undefined {
  return machine.states[state]?.[event] as StateOf<M> | undefined;
}

/** States in the order they are written down. */
export function statesOf<M extends { readonly states: object }>(machine: M): [StateOf<M>, ...StateOf<M>[]] {
  return Object.keys(machine.states) as [StateOf<M>, ...StateOf<M>[]];
}

/** A state no event leads out of. */
export function isFinal<M extends Machine>(machine: M, state: StateOf<M>): boolean {
  return Object.values(machine.states[state] ?? {}).every((target) => target === state);
}
