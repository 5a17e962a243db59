/** A server cannot run on this machine as it is. The message is for people and says what would help, or what the server said. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
}
