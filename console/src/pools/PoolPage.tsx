import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { PoolView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { ListPage } from '../layout/ListPage';
import { CanaryDialog } from '../pushes/CanaryDialog';
import { PushDialog } from '../pushes/PushDialog';
import { RollbackDialog } from '../pushes/RollbackDialog';
import { EditPoolDialog } from './EditPoolDialog';
import { PoolActions, type PoolDialog } from './PoolActions';
import { PoolBanner } from './PoolBanner';
import { useDeletePool, usePool } from './pools';
import { PoolTabs } from './PoolTabs';
import { describeKind, shownName } from './words';

export default function PoolPage() {
  const { pool: name = '' } = useParams();
  const pool = usePool(name);
  const [dialog, setDialog] = useState<PoolDialog | null>(null);
  const { data } = pool;
  return (
    <ListPage
      title={data ? shownName(data) : name} lead={data ? `Pool ${name}: ${describeKind(data)}, of ${data.image} ${data.version}` : `Pool ${name}`} loading={pool.isPending} error={pool.error}
      actions={data && <PoolActions pool={data} onOpen={setDialog} />} banner={data && <PoolBanner pool={data} />}
    >
      {data && <PoolTabs pool={data} onCanary={() => setDialog('canary')} />}
      {data && <Dialog kind={dialog} pool={data} onClose={() => setDialog(null)} />}
    </ListPage>
  );
}

function Dialog({ kind, pool, onClose }: { kind: PoolDialog | null; pool: PoolView; onClose: () => void }) {
  switch (kind) {
    case 'settings': return <EditPoolDialog pool={pool} onClose={onClose} />;
    case 'push': return <PushDialog pool={pool} onClose={onClose} />;
    case 'rollback': return <RollbackDialog pool={pool} onClose={onClose} />;
    case 'canary': return <CanaryDialog pool={pool} onClose={onClose} />;
    case 'delete': return <DeletePool pool={pool} onClose={onClose} />;
    case null: return null;
  }
}

function DeletePool({ pool, onClose }: { pool: PoolView; onClose: () => void }) {
  const navigate = useNavigate();
  const remove = useDeletePool();
  const inUse = pool.inUse > 0;
  return (
    <ConfirmDialog
      title={`Delete the pool ${pool.name}?`} verb="Delete" busy={remove.isPending} error={remove.error} onCancel={onClose}
      onConfirm={() => remove.mutate({ name: pool.name, endSessions: inUse }, { onSuccess: () => void navigate('/pools') })}
    >
      <p>Its {pool.total} machines are destroyed and its entitlements go with it. The image stays.</p>
      {inUse && <p><strong>{pool.inUse} of them are in use</strong>: those sessions end, and unsaved work in them is lost.</p>}
    </ConfirmDialog>
  );
}
