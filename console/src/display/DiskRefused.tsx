import { Button } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { problemFromError } from '../api/problem';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useDesktops } from '../portal/desktops';
import { deskPath } from '../portal/onlyChoice';
import { Panel } from './Panel';

interface Props { title: string; error: unknown; onWithout: () => void; onAgain: () => void; back: ReactNode }

/** A desktop does not open because of its user's own disk: they choose what to do without it. */
export function DiskRefused({ title, error, onWithout, onAgain, back }: Props) {
  const navigate = useNavigate();
  // The disk may be with another desktop of theirs: that is where to go then.
  const holder = useDesktops().data?.find(({ session }) => session?.volume != null);
  const elsewhere = problemFromError(error).code === 'VolumeInUse' && holder !== undefined;
  const actions = (
    <>
      {elsewhere && <Button data-testid="go-to-holder" onClick={() => void navigate(deskPath(holder), { replace: true })}>Go to {holder.displayName}</Button>}
      <Button variant={elsewhere ? 'secondary' : 'primary'} data-testid="open-without-disk" onClick={onWithout}>Open without my disk</Button>
      <Button variant="secondary" data-testid="open-retry" onClick={onAgain}>Try again</Button>
      {back}
    </>
  );
  return (
    <Panel title={`${title} did not open with your disk`} testId="disk-refused" actions={actions}>
      <div className="mayfly-stack">
        <ProblemAlert error={error} variant="warning" />
        {elsewhere && <p>Your disk is with your desktop <strong>{holder.displayName}</strong>. Log off there to have it here.</p>}
        <p>Without it this desktop opens fresh: your own files and programs are not there, and what you save on it is lost when you log off. Your disk stays as it is.</p>
      </div>
    </Panel>
  );
}
