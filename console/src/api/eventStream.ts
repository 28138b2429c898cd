export interface StreamEvent { name: string; data: string }

/** Splits server-sent events out of text that arrives in any pieces. */
export class EventStreamParser {
  private rest = '';
  private name = '';
  private data: string[] = [];

  push(chunk: string): StreamEvent[] {
    const events: StreamEvent[] = [];
    const text = this.rest + chunk;
    // A lone \r at the end may be half of \r\n, so it waits for the next chunk.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') this.dispatch(events);
      else this.field(line);
    }
    return events;
  }

  private field(line: string): void {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.data.push(value);
    if (field === 'event') this.name = value;
  }

  private dispatch(events: StreamEvent[]): void {
    if (this.data.length > 0) events.push({ name: this.name || 'message', data: this.data.join('\n') });
    this.name = '';
    this.data = [];
  }
}

/** Reads a body as server-sent events until it ends. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventStreamParser();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    reader.releaseLock();
  }
}
