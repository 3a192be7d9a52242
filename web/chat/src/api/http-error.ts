import type { ProblemDetails } from './schemas';

/** An answer that is not a success, with what its problem document says. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly status: number,
    message: string,
    readonly traceId?: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }

  static async from(response: Response): Promise<HttpError> {
    const problem = await response.json().catch(() => ({})) as ProblemDetails;
    const firstError = Object.values(problem.errors ?? {})[0]?.[0];
    return new HttpError(
      response.status,
      firstError ?? problem.detail ?? problem.title ?? `The server answered ${response.status}.`,
      problem.traceId,
      Number(response.headers.get('Retry-After')) || undefined,
    );
  }
}

/** A sentence for the reader about anything that was thrown while talking to the host. */
export function explain(error: unknown): string {
  if (!(error instanceof HttpError)) return 'The server can’t be reached. Check your connection and try again.';
  const wait = error.status === 429 && error.retryAfterSeconds ? ` Try again in ${error.retryAfterSeconds} s.` : '';
  return error.message + wait + (error.traceId ? ` (trace ${error.traceId})` : '');
}
