type Listener = () => void;

const listeners = new Set<Listener>();

/** Tells the pages that list executions that there are some they do not show yet. */
export const arrivals = {
  look(): void {
    for (const listener of listeners) listener();
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
