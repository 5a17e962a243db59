export type FieldError = { resource?: string; field?: string; code: string; message?: string; value?: string };

/** A refusal in GitHub's words; becomes the JSON body of the answer. */
export class HttpError extends Error {
  readonly status: number;
  readonly errors: (FieldError | string)[] | undefined;
  readonly headers: Record<string, string>;
  readonly extra: Record<string, unknown>;

  constructor(
    status: number,
    message: string,
    options: {
      errors?: (FieldError | string)[];
      headers?: Record<string, string>;
      extra?: Record<string, unknown>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
    this.extra = options.extra ?? {};
  }
}

export const notFound = () => new HttpError(404, "Not Found");
export const unprocessable = (message: string) => new HttpError(422, message);
export const validationFailed = (...errors: FieldError[]) => new HttpError(422, "Validation Failed", { errors });
/** GitHub's sentence for a body that misses its schema. */
export const invalidRequest = (sentence: string) => new HttpError(422, `Invalid request.\n\n${sentence}`);
