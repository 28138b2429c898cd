import { describe, expect, it } from 'vitest';
import { clientName } from './clientName';

describe('clientName', () => {
  it.each([
    [null, 'Unknown'],
    ['curl/8.0', 'curl/8.0'],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36', 'Chrome on Linux'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge on Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 (KHTML, like Gecko) Version/17 Safari/605.1', 'Safari on macOS'],
  ])('%s is %s', (client, name) => {
    expect(clientName(client)).toBe(name);
  });
});
