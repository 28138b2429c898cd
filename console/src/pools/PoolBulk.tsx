import { useState, type ReactNode } from 'react';
import { call } from '../api/http';
import type { PoolView } from '../api/types';
import type { ActionItem } from '../layout/ActionMenu';
import { BulkDialog } from '../layout/BulkDialog';
import { useRights } from '../login/useRights';
import { settingsOf } from './poolDraft';
import { poolPath } from './pools';

type Kind = 'enable' | 'disable' | 'delete';
interface Intent { kind: Kind; pools: readonly PoolView[]; clear: () => void }

const titles: Record<Kind, string> = { enable: 'Enable provisioning', disable: 'Disable provisioning', delete: 'Delete' };
const fits = (kind: Kind, pool: PoolView): boolean => !pool.deleting && (kind === 'delete' || pool.provisioningEnabled === (kind === 'disable'));

/** What can be done to many pools at once. */
export function usePoolBulk(): { bulk: (chosen: readonly PoolView[], clear: () => void) => ActionItem[]; dialog: ReactNode } {
  const { may } = useRights();
  const [intent, setIntent] = useState<Intent | null>(null);
  const bulk = (chosen: readonly PoolView[], clear: () => void) => (['enable', 'disable', 'delete'] as const).map((kind) => {
    const pools = chosen.filter((pool) => may('ManagePools', pool.name) && fits(kind, pool));
    const title = pools.length === chosen.length ? titles[kind] : `${titles[kind]} (${pools.length} of ${chosen.length})`;
    return { title, testId: `bulk-${kind}`, danger: kind === 'delete', disabled: pools.length === 0, onClick: () => setIntent({ kind, pools, clear }) };
  });
  return { bulk, dialog: intent && <PoolsDialog intent={intent} onClose={(done) => { if (done) intent.clear(); setIntent(null); }} /> };
}

function PoolsDialog({ intent: { kind, pools }, onClose }: { intent: Intent; onClose: (done: boolean) => void }) {
  const of = new Map(pools.map((pool) => [pool.name, pool]));
  const act = async (name: string): Promise<unknown> => {
    const pool = of.get(name);
    if (kind === 'delete') return call('DELETE', `${poolPath(name)}${(pool?.inUse ?? 0) > 0 ? '?force=true' : ''}`);
    return pool && call('PUT', poolPath(name, '/settings'), { body: { ...settingsOf(pool), provisioningEnabled: kind === 'enable' } });
  };
  const inUse = pools.reduce((sum, pool) => sum + pool.inUse, 0);
  return (
    <BulkDialog verb={titles[kind]} nouns="pools" names={[...of.keys()]} act={act} harmless={kind !== 'delete'} onClose={onClose}>
      {kind === 'delete' && <p>Their machines are destroyed and their entitlements go with them: {[...of.keys()].join(', ')}. Images stay.</p>}
      {kind === 'delete' && inUse > 0 && <p><strong>{inUse} machines are in use</strong>: those sessions end, and unsaved work in them is lost.</p>}
      {kind === 'disable' && <p>No machines are made until it is enabled again; those there are go on.</p>}
      {kind === 'enable' && <p>Missing machines are made at once.</p>}
    </BulkDialog>
  );
}
