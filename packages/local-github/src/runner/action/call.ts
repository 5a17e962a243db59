import type { Frame } from "../step/frame.ts";

/** What a built-in action is called with. */
export type ActionCall = {
  readonly frame: Frame;
  /** An input, or what the action takes where it is not given. */
  readonly input: (name: string, otherwise?: string) => string;
  readonly log: (text: string) => void;
  /** Registers what runs when the job's steps are over. */
  readonly atEnd: (run: () => Promise<void>) => void;
};

/** Gives the outputs. @throws Error that becomes the step's error */
export type EmulatedAction = (call: ActionCall) => Promise<Record<string, string>>;
