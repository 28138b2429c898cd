import { Button, Card, CardBody, CardFooter, CardTitle, Progress } from '@patternfly/react-core';
import { useState } from 'react';
import type { CanaryView, PoolView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { FormDialog } from '../layout/FormDialog';
import { useRights } from '../login/useRights';
import { InUseFields } from './InUseFields';
import { FreshDisks } from './FreshDisks';
import { toInUse, waiting } from './pushDraft';
import { useCancelCanary, usePromoteCanary } from './pushes';

/** A second version on chosen machines, and what may become of it. */
export function CanaryCard({ pool, canary, onChange }: { pool: PoolView; canary: CanaryView; onChange: () => void }) {
  const [dialog, setDialog] = useState<'promote' | 'cancel' | null>(null);
  const { may } = useRights();
  const close = () => setDialog(null);
  const count = canary.machines.length;
  return (
    <Card data-testid="canary-card">
      <CardTitle component="h2">Canary: {pool.image} <code>{canary.version}</code></CardTitle>
      <CardBody className="mayfly-stack">
        <Progress title={`${canary.replaced} of ${count} machines have it`} size="sm" value={canary.replaced} max={count} measureLocation="none" aria-label="Machines of the canary" />
        <p className="mayfly-subtle">{canary.machines.join(', ')}</p>
      </CardBody>
      {may('PushImages', pool.name) && <CardFooter className="mayfly-buttons">
        <Button data-testid="canary-promote" onClick={() => setDialog('promote')}>Promote</Button>
        <Button variant="secondary" data-testid="canary-change" onClick={onChange}>Change</Button>
        <Button variant="secondary" isDanger data-testid="canary-cancel" onClick={() => setDialog('cancel')}>Cancel canary</Button>
      </CardFooter>}
      {dialog === 'promote' && <Promote pool={pool} canary={canary} onClose={close} />}
      {dialog === 'cancel' && <Cancel pool={pool} onClose={close} />}
    </Card>
  );
}

function Promote({ pool, canary, onClose }: { pool: PoolView; canary: CanaryView; onClose: () => void }) {
  const [inUse, setInUse] = useState(waiting);
  const promote = usePromoteCanary(pool.name);
  return (
    <FormDialog title={`Promote ${canary.version}`} verb="Promote" testId="promote-dialog" busy={promote.isPending} error={promote.error} valid onSubmit={() => promote.mutate(toInUse(inUse), { onSuccess: onClose })} onClose={onClose}>
      <p>The whole pool moves to this version.</p>
      <FreshDisks pool={pool} />
      <InUseFields draft={inUse} change={(part) => setInUse({ ...inUse, ...part })} />
    </FormDialog>
  );
}

function Cancel({ pool, onClose }: { pool: PoolView; onClose: () => void }) {
  const cancel = useCancelCanary(pool.name);
  return (
    <ConfirmDialog title="Cancel this canary?" verb="Cancel canary" busy={cancel.isPending} error={cancel.error} onConfirm={() => cancel.mutate(undefined, { onSuccess: onClose })} onCancel={onClose}>
      <p>Its machines go back to <code>{pool.version}</code>; those in use when their users log off.</p>
      <FreshDisks pool={pool} />
    </ConfirmDialog>
  );
}
