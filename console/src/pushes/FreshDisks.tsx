import { Alert } from '@patternfly/react-core';
import type { PoolView } from '../api/types';

/** What another version means for desktops that are their owners' for good; nothing where nobody owns one. */
export function FreshDisks({ pool }: { pool: PoolView }) {
  if (pool.assignment !== 'Dedicated') return null;
  return (
    <Alert isInline component="p" variant="warning" title="Every owner's desktop is replaced, and its disk with it" data-testid="fresh-disks">
      Those that nobody uses now at once, the others when their owners log off. What owners have on the disk is gone, but for writable volumes and settings that follow them.
    </Alert>
  );
}
