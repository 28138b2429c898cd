import type { Fault } from './types';

/** A failure in words for people: what happened, why, what to do, and the stable code. */
export class Problem extends Error {
  readonly code: string;
  readonly detail: string | null;
  readonly remedy: string | null;
  readonly status: number;

  constructor(code: string, title: string, detail: string | null, remedy: string | null, status = 0) {
    super(title);
    this.name = 'Problem';
    this.code = code;
    this.detail = detail;
    this.remedy = remedy;
    this.status = status;
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads problem details (RFC 9457); an answer without them still becomes a sentence. */
export function problemFromBody(status: number, body: unknown): Problem {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  return new Problem(
    textOf(fields.code) ?? `Http${status}`,
    textOf(fields.title) ?? `The server answered with status ${status}.`,
    textOf(fields.detail),
    textOf(fields.remedy),
    status,
  );
}

export async function problemFromResponse(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  return problemFromBody(response.status, body);
}

export const problemFromFault = (fault: Fault): Problem => new Problem(fault.code, fault.what, fault.why, fault.remedy);

/** Makes a problem of anything thrown; a failed fetch has no answer to read. */
export function problemFromError(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError) {
    return new Problem('Unreachable', 'Mayfly does not answer.', 'The connection to the server failed.', 'Check your network, then try again.');
  }
  return new Problem('Unexpected', 'Something unexpected happened in this page.', String(error), 'Reload the page.');
}
