import { checkText } from "@infraskill/workflow/check";
import { serveQuestions } from "./serve-questions.ts";

/** The checks that need no server, beside the page's own thread: typing never waits for them. */
serveQuestions({ check: (ask) => checkText(ask.text, ask).diagnostics });
