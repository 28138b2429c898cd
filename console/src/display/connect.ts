import { problemFromError } from '../api/problem';
import type { ClipboardRule, DisplayTicket } from '../api/types';
import { noticeSignedOut } from '../api/queryClient';
import type { DisplayAction } from './displayState';
import { markConnected, markFirstFrame, markGone } from './marks';
import { openScreen, type Screen } from './screen';
import type { Resize } from './screenMode';

/** Where tickets come from, whether there is still something to watch, and what may be done with it. */
export interface DisplayDoor {
  requestTicket: (signal: AbortSignal) => Promise<DisplayTicket>;
  isOver: (signal: AbortSignal) => Promise<boolean>;
  clipboard: ClipboardRule;
  /** Gives the desktop another size; absent where that is not the watcher's to decide. */
  resize?: Resize;
}

/** A display that is being shown. */
export interface OpenDisplay { screen: Screen; hasSound: boolean }

// The screen goes dark a moment before the server knows why, or knows at all.
const askAgainMs = [0, 500, 2_000, 5_000, 15_000];
const askWhileAwayMs = 5_000;

/** Opens one display and reports its life until the signal aborts. Null when there was no getting a ticket. */
export async function connectDisplay(
  target: HTMLElement, door: DisplayDoor, tell: (action: DisplayAction) => void, signal: AbortSignal, open = openScreen,
): Promise<OpenDisplay | null> {
  let ticket: DisplayTicket;
  try {
    ticket = await door.requestTicket(signal);
  } catch (error) {
    if (!signal.aborted) tellRefusal(error, tell);
    return null;
  }
  if (signal.aborted) return null;
  const screen = open(target, ticket.ticket);
  screen.addEventListener('connect', () => { markConnected(); tell({ type: 'connected' }); });
  screen.addEventListener('firstframe', () => { markFirstFrame(); tell({ type: 'firstFrame' }); });
  const leave = () => screen.disconnect();
  signal.addEventListener('abort', leave, { once: true });
  screen.addEventListener('disconnect', () => {
    markGone();
    // noVNC complains about a second disconnect.
    signal.removeEventListener('abort', leave);
    if (!signal.aborted) void explainLoss(door, tell, signal);
  });
  return { screen, hasSound: ticket.sound };
}

function tellRefusal(error: unknown, tell: (action: DisplayAction) => void): void {
  const problem = problemFromError(error);
  noticeSignedOut(problem);
  tell(problem.status === 404 ? { type: 'ended' } : { type: 'lost', problem });
}

async function explainLoss(door: DisplayDoor, tell: (action: DisplayAction) => void, signal: AbortSignal): Promise<void> {
  tell({ type: 'lost', problem: null });
  let away = false;
  for (let tries = 0; away || tries < askAgainMs.length; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, askAgainMs[tries] ?? askWhileAwayMs));
    if (signal.aborted) return;
    const found = await look(door, signal);
    if (found === 'over') {
      tell({ type: 'ended' });
      return;
    }
    // It was the server or the network that had gone, and nobody who has closed the display: the desktop is shown again.
    if (found === 'there' && away) {
      tell({ type: 'reconnect' });
      return;
    }
    away ||= found === 'away';
  }
}

const awayStatuses: readonly number[] = [502, 503, 504];

async function look(door: DisplayDoor, signal: AbortSignal): Promise<'over' | 'there' | 'away' | 'unknown'> {
  try {
    return await door.isOver(signal) ? 'over' : 'there';
  } catch (error) {
    // Signed out, and then there is another page; or the server does not answer either, and the panel of the lost connection says what to do.
    noticeSignedOut(error);
    const { code, status } = problemFromError(error);
    return code === 'Unreachable' || awayStatuses.includes(status) ? 'away' : 'unknown';
  }
}
