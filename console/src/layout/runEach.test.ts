import { describe, expect, it } from 'vitest';
import { runEach } from './runEach';

const refuses = (names: readonly string[], asked: string[]) => (name: string) => {
  asked.push(name);
  return names.includes(name) ? Promise.reject(new Error(name)) : Promise.resolve();
};

describe('runEach', () => {
  it('touches nothing when nothing is named', async () => {
    const asked: string[] = [];
    expect(await runEach([], refuses([], asked), () => undefined, new AbortController().signal)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('goes on after a refusal and tells each', async () => {
    const asked: string[] = [];
    const failures = await runEach(['a', 'b', 'c'], refuses(['a', 'c'], asked), () => undefined, new AbortController().signal);
    expect(asked).toEqual(['a', 'b', 'c']);
    expect(failures.map(({ name }) => name)).toEqual(['a', 'c']);
  });

  it('touches no further one once it is stopped', async () => {
    const asked: string[] = [];
    const stop = new AbortController();
    await runEach(['a', 'b'], refuses([], asked), () => stop.abort(), stop.signal);
    expect(asked).toEqual(['a']);
  });
});
