import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { meKey } from './queryClient';
import { useFollow } from './useFollow';

/** Lists that changes are told of are still read now and then, should one telling be lost. */
const restingMs = 60_000;
const state = { live: false };

/** How often a list is read again: rarely while the server tells of changes, and this often while it does not. */
export const polled = (milliseconds: number) => (): number => state.live ? restingMs : milliseconds;

/** What no change of the house touches, or what is too dear to be read at each. */
const untouched: readonly unknown[] = [meKey[0], 'doctor', 'metrics', 'thumbnail', 'volume-file'];

/** Reads the lists that are shown again whenever the server tells of a change; never two rounds at once. */
export function useChanges(): void {
  const client = useQueryClient();
  const round = useRef({ due: false, running: false });
  const read = async () => {
    const { current } = round;
    current.due = true;
    if (current.running) return;
    current.running = true;
    try {
      while (current.due) {
        current.due = false;
        await client.invalidateQueries({ predicate: (query) => !untouched.includes(query.queryKey[0]) });
      }
    } finally {
      current.running = false;
    }
  };
  const live = useFollow('/changes', () => void read());
  useEffect(() => {
    state.live = live;
    return () => { state.live = false; };
  }, [live]);
}
