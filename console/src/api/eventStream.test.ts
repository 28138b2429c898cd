import { describe, expect, it } from 'vitest';
import { EventStreamParser, readEvents, type StreamEvent } from './eventStream';

const parse = (...chunks: string[]): StreamEvent[] => {
  const parser = new EventStreamParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
};

describe('EventStreamParser', () => {
  it('reads data and event names', () => {
    expect(parse('event: desktops\ndata: [1]\n\ndata: x\n\n')).toEqual([
      { name: 'desktops', data: '[1]' }, { name: 'message', data: 'x' },
    ]);
  });

  it('joins events cut anywhere', () => {
    const text = 'event: a\r\ndata: one\r\ndata: two\r\n\r\n';
    expect(parse(...Array.from(text))).toEqual([{ name: 'a', data: 'one\ntwo' }]);
  });

  it('skips comments and events without data', () => {
    expect(parse(': keep-alive\n\nevent: a\n\nid: 3\nretry: 10\n\n')).toEqual([]);
  });

  it('drops an event that was never finished', () => {
    expect(parse('data: half')).toEqual([]);
  });
});

describe('readEvents', () => {
  it('decodes characters split between chunks', async () => {
    const bytes = new TextEncoder().encode('data: é\n\n');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const events: StreamEvent[] = [];
    for await (const event of readEvents(body)) events.push(event);
    expect(events).toEqual([{ name: 'message', data: 'é' }]);
  });
});
