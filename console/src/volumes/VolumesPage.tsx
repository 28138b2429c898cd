import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import type { VolumeView } from '../api/types';
import { BulkDialog } from '../layout/BulkDialog';
import { ListPage } from '../layout/ListPage';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { ImportVolumeDialog } from './ImportVolumeDialog';
import { useVolumeMenu } from './useVolumeMenu';
import { volumeColumns, volumeFilters, volumeTexts } from './volumeColumns';
import { useVolumes, volumeCalls } from './volumes';
import { isFree, volumeName } from './words';

type BulkKind = 'snapshot' | 'enable' | 'disable';
interface Intent { kind: BulkKind; volumes: readonly VolumeView[]; clear: () => void }

const titles: Record<BulkKind, string> = { snapshot: 'Take a snapshot', enable: 'Enable', disable: 'Disable' };
const fits = (kind: BulkKind, volume: VolumeView): boolean => kind === 'snapshot' ? isFree(volume) : (volume.state === 'Disabled') === (kind === 'enable');

export default function VolumesPage() {
  const volumes = useVolumes();
  const { may } = useRights();
  const menu = useVolumeMenu();
  const [intent, setIntent] = useState<Intent | null>(null);
  const [importing, setImporting] = useState(false);
  const manages = may('ManageVolumes');
  const rows = volumes.data ?? [];
  const bulk = (chosen: readonly VolumeView[], clear: () => void) => (['snapshot', 'enable', 'disable'] as const).map((kind) => {
    const able = chosen.filter((volume) => fits(kind, volume));
    const title = able.length === chosen.length ? titles[kind] : `${titles[kind]} (${able.length} of ${chosen.length})`;
    return { title, testId: `bulk-${kind}`, disabled: able.length === 0, onClick: () => setIntent({ kind, volumes: able, clear }) };
  });
  return (
    <ListPage
      title="Volumes" lead="Writable volumes: a user's own disk, which follows them from one fresh desktop to the next." loading={volumes.isPending} error={volumes.error}
      actions={manages && <Button variant="secondary" data-testid="volume-import" onClick={() => setImporting(true)}>Import a volume</Button>}
    >
      <DataTable
        id="volumes" label="Volumes" rows={rows} columns={volumeColumns} filters={volumeFilters(rows)} rowKey={({ id }) => id} rowTestId={({ user }) => `volume-${user}`}
        search={{ hint: 'User, machine', texts: volumeTexts }} bulk={manages ? bulk : undefined} rowActions={manages ? menu.rowActions : undefined}
        empty={{ title: 'No volumes yet', text: 'Set a writable volume in the settings of a floating pool: each user gets one when they next open a desktop of it.' }}
      />
      {menu.dialog}
      {importing && <ImportVolumeDialog onClose={() => setImporting(false)} />}
      {intent && <VolumesDialog {...intent} onClose={(done) => { if (done) intent.clear(); setIntent(null); }} />}
    </ListPage>
  );
}

function VolumesDialog({ kind, volumes, onClose }: Intent & { onClose: (done: boolean) => void }) {
  const names = new Map(volumes.map((volume) => [volume.id, volumeName(volume)]));
  const act = (id: string) => kind === 'snapshot' ? volumeCalls.snapshot(id) : volumeCalls.enable(id, kind === 'enable');
  return (
    <BulkDialog verb={titles[kind]} nouns="volumes" names={[...names.keys()]} labelOf={(id) => names.get(id) ?? id} act={act} harmless={kind !== 'disable'} onClose={onClose}>
      {kind === 'snapshot' && <p>What is on them now can be gone back to later.</p>}
      {kind === 'enable' && <p>They are attached again from the next logon of their users on.</p>}
      {kind === 'disable' && <p>They are attached to no machine from the next logon on. Nothing on them is lost; sessions in progress keep theirs.</p>}
    </BulkDialog>
  );
}
