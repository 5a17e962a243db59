type Listener = () => void;

let listener: Listener | undefined;

/** Called when any answer says that the session is gone. */
export function reportSignedOut(): void {
  listener?.();
}

/** There is one listener: the router, which shows the sign-in page. */
export function onSignedOut(next: Listener): void {
  listener = next;
}
