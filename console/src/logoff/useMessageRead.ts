import { useState } from 'react';
import { call, segment } from '../api/http';

/** Which message was put away here, and how to do it: it is hidden at once, and the server told that it was read. */
export function useMessageRead(sessionId: string): [read: string | null, putAway: (messageId: string) => void] {
  const [read, setRead] = useState<string | null>(null);
  return [read, (messageId) => {
    setRead(messageId);
    // If the server is not reached the message comes back with the next page, which loses nothing.
    void call('DELETE', `/sessions/${segment(sessionId)}/message`).catch(() => undefined);
  }];
}
