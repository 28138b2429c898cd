import type { Problem } from '../api/problem';

/** The life of one display. `attempt` counts connections, so that each is made anew. */
export type DisplayState = { attempt: number } & (
  | { phase: 'connecting' }
  | { phase: 'drawing' }
  | { phase: 'shown' }
  | { phase: 'lost'; problem: Problem | null }
  | { phase: 'ended' }
);

export type DisplayAction =
  | { type: 'connected' }
  | { type: 'firstFrame' }
  | { type: 'lost'; problem: Problem | null }
  | { type: 'ended' }
  | { type: 'reconnect' };

export const initialDisplay: DisplayState = { attempt: 1, phase: 'connecting' };

export function reduceDisplay(state: DisplayState, action: DisplayAction): DisplayState {
  const { attempt, phase } = state;
  // An ended session never comes back under the same id.
  if (phase === 'ended') return state;
  switch (action.type) {
    case 'connected': return phase === 'connecting' ? { attempt, phase: 'drawing' } : state;
    case 'firstFrame': return phase === 'drawing' ? { attempt, phase: 'shown' } : state;
    case 'lost': return phase === 'lost' ? state : { attempt, phase: 'lost', problem: action.problem };
    case 'ended': return { attempt, phase: 'ended' };
    case 'reconnect': return phase === 'lost' ? { attempt: attempt + 1, phase: 'connecting' } : state;
  }
}
