import { useState } from 'react';
import type { PoolView } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { SelectField } from '../layout/fields';
import { FreshDisks } from './FreshDisks';
import { InUseFields } from './InUseFields';
import { toInUse, waiting } from './pushDraft';
import { useRollback } from './pushes';

/** Back to an earlier version, which is still there and needs no publishing. */
export function RollbackDialog({ pool, onClose }: { pool: PoolView; onClose: () => void }) {
  const [version, setVersion] = useState(pool.keptVersions[0] ?? '');
  const [inUse, setInUse] = useState(waiting);
  const rollback = useRollback(pool.name);
  return (
    <FormDialog title={`Roll ${pool.name} back`} verb="Roll back" testId="rollback-dialog" busy={rollback.isPending} error={rollback.error} valid={version !== ''} onSubmit={() => rollback.mutate({ version, ...toInUse(inUse) }, { onSuccess: onClose })} onClose={onClose}>
      <p>The pool has {pool.image} <code>{pool.version}</code>. Its machines are replaced by ones of the version chosen here.</p>
      <FreshDisks pool={pool} />
      <SelectField id="rollback-version" label="Version" required value={version} choices={pool.keptVersions.map((kept) => ({ value: kept, label: kept }))} onChange={setVersion} />
      <InUseFields draft={inUse} change={(part) => setInUse({ ...inUse, ...part })} />
    </FormDialog>
  );
}
