import { Problem, problemFromError, problemFromResponse } from './problem';

export const apiBase = '/api/v1';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Calls the API. Throws a Problem, or the AbortError of the signal given. */
export async function call<T>(method: Method, path: string, options: { body?: unknown; signal?: AbortSignal; headers?: Record<string, string> } = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
  const init: RequestInit = { method, credentials: 'same-origin', headers };
  if (options.signal) init.signal = options.signal;
  if (options.body !== undefined) {
    init.body = JSON.stringify(options.body);
    headers['content-type'] = 'application/json';
  }
  const response = await reach(path, init);
  if (!response.ok) throw await problemFromResponse(response);
  const text = await response.text();
  return (text === '' ? undefined : parse(text, response.status)) as T;
}

/** Asks for a file and hands it to the browser to keep. */
export async function download(method: Method, path: string, fileName: string): Promise<void> {
  const response = await reach(path, { method, credentials: 'same-origin' });
  if (!response.ok) throw await problemFromResponse(response);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

/** Lets the browser fetch a file by itself, however large it is; under the name the server gives it. */
export function saveFile(path: string): void {
  const link = document.createElement('a');
  link.href = apiBase + path;
  link.download = '';
  link.click();
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
