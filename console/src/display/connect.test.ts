import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../api/problem';
import { meKey, queryClient, signInOverKey } from '../api/queryClient';
import { connectDisplay, type DisplayDoor } from './connect';
import type { DisplayAction } from './displayState';
import type { Screen } from './screen';

class FakeScreen extends EventTarget {
  disconnects = 0;
  disconnect(): void { this.disconnects += 1; }
}

function setUp(door: Partial<DisplayDoor> = {}) {
  const told: DisplayAction[] = [];
  const stop = new AbortController();
  const screen = new FakeScreen();
  const whole: DisplayDoor = { requestTicket: () => Promise.resolve({ ticket: 't', expiresInSeconds: 30, sound: true }), isOver: () => Promise.resolve(false), clipboard: 'Both', ...door };
  const run = () => connectDisplay(document.body, whole, (action) => told.push(action), stop.signal, () => screen as unknown as Screen);
  return { told, stop, screen, run };
}

const signedOut = () => Promise.reject(new Problem('Unauthenticated', 'Nobody is signed in.', null, null, 401));

/** What is told of a screen that goes, in the time after that. */
async function toldOfLoss({ told, screen, run }: ReturnType<typeof setUp>, milliseconds: number) {
  vi.useFakeTimers();
  await run();
  screen.dispatchEvent(new Event('disconnect'));
  await vi.advanceTimersByTimeAsync(milliseconds);
  vi.useRealTimers();
  return told;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('connectDisplay', () => {
  afterEach(() => queryClient.clear());

  it('says whether there is sound, as the ticket does', async () => {
    expect((await setUp().run())?.hasSound).toBe(true);
  });

  it('leads to logging in when the screen goes with the sign-in', async () => {
    queryClient.setQueryData(meKey, { name: 'ann' });
    const { screen, run } = setUp({ isOver: signedOut });
    await run();
    screen.dispatchEvent(new Event('disconnect'));
    await settle();
    expect(queryClient.getQueryData(meKey)).toBeNull();
    expect(queryClient.getQueryData(signInOverKey)).toBe(true);
  });

  it('leads to logging in when it is too late for a ticket', async () => {
    queryClient.setQueryData(meKey, { name: 'ann' });
    expect(await setUp({ requestTicket: signedOut }).run()).toBeNull();
    expect(queryClient.getQueryData(signInOverKey)).toBe(true);
  });

  it('reports connection and first picture, and marks them', async () => {
    const { told, screen, run } = setUp();
    await run();
    screen.dispatchEvent(new Event('connect'));
    screen.dispatchEvent(new Event('firstframe'));
    expect(told).toEqual([{ type: 'connected' }, { type: 'firstFrame' }]);
    expect(document.documentElement.dataset).toMatchObject({ display: 'connected', firstFrame: '1' });
    expect(performance.getEntriesByName('mayfly:first-frame')).toHaveLength(1);
  });

  it('says ended when the session is gone', async () => {
    const { told, screen, run } = setUp({ isOver: () => Promise.resolve(true) });
    await run();
    screen.dispatchEvent(new Event('disconnect'));
    await settle();
    expect(told).toEqual([{ type: 'lost', problem: null }, { type: 'ended' }]);
  });

  it('asks again, for the screen may end before the server knows of it', async () => {
    const answers = [false, true];
    expect(await toldOfLoss(setUp({ isOver: () => Promise.resolve(answers.shift() ?? true) }), 1_000)).toEqual([{ type: 'lost', problem: null }, { type: 'ended' }]);
  });

  it('shows the desktop again once a server is back that had gone', async () => {
    let asked = 0;
    const isOver = () => ((asked += 1) < 12 ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(false));
    expect(await toldOfLoss(setUp({ isOver }), 90_000)).toEqual([{ type: 'lost', problem: null }, { type: 'reconnect' }]);
  });

  it('leaves a display closed that somebody has closed', async () => {
    expect(await toldOfLoss(setUp(), 90_000)).toEqual([{ type: 'lost', problem: null }]);
  });

  it('does not disconnect twice', async () => {
    const { stop, screen, run } = setUp();
    await run();
    screen.dispatchEvent(new Event('disconnect'));
    stop.abort();
    expect(screen.disconnects).toBe(0);
  });

  it('says ended when the ticket is for nothing', async () => {
    const { told, run } = setUp({ requestTicket: () => Promise.reject(new Problem('NotFound', 'Gone.', null, null, 404)) });
    expect(await run()).toBeNull();
    expect(told).toEqual([{ type: 'ended' }]);
  });

  it('gives the reason when a ticket is refused', async () => {
    const problem = new Problem('Busy', 'Busy.', null, null, 409);
    const { told, run } = setUp({ requestTicket: () => Promise.reject(problem) });
    await run();
    expect(told).toEqual([{ type: 'lost', problem }]);
  });

  it('disconnects quietly when left', async () => {
    const { told, stop, screen, run } = setUp();
    await run();
    stop.abort();
    screen.dispatchEvent(new Event('disconnect'));
    await settle();
    expect(screen.disconnects).toBe(1);
    expect(told).toEqual([]);
  });
});
