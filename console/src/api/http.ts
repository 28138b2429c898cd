import { Problem, problemFromError, problemFromResponse } from './problem';

export const apiBase = '/api/v1';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Calls the API. Throws a Problem, or the AbortError of the signal given. */
export async function call<T>(method: Method, path: string, options: { body?: unknown; signal?: AbortSignal } = {}): Promise<T> {
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (options.signal) init.signal = options.signal;
  if (options.body !== undefined) {
    init.body = JSON.stringify(options.body);
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  const response = await reach(path, init);
  if (!response.ok) throw await problemFromResponse(response);
  const text = await response.text();
  return (text === '' ? undefined : parse(text, response.status)) as T;
}

/** Opens an event stream; the caller reads its body. */
export async function openStream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const response = await reach(path, { credentials: 'same-origin', headers: { accept: 'text/event-stream' }, signal });
  if (!response.ok) throw await problemFromResponse(response);
  if (response.body === null) throw new Problem('Unreachable', 'The live connection is empty.', null, 'Reload the page.');
  return response.body;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(apiBase + path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw problemFromError(error);
  }
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('Unexpected', 'The server answered with something that is not JSON.', null, 'Reload the page.', status);
  }
}

/** A path segment; names come from people and guests. */
export const segment = (name: string): string => encodeURIComponent(name);
