import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PoolView } from '../api/types';
import { ListPage } from '../layout/ListPage';
import { StateLabel } from '../layout/StateLabel';
import { choicesOf, type Column, type Filter } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { usePoolBulk } from './PoolBulk';
import { usePools } from './pools';
import { PoolWizard } from './PoolWizard';
import { describeKind, shownName } from './words';

export default function PoolsPage() {
  const pools = usePools();
  const { may } = useRights();
  const [creating, setCreating] = useState(false);
  const { bulk, dialog } = usePoolBulk();
  const rows = pools.data ?? [];
  const mayManage = rows.some(({ name }) => may('ManagePools', name));
  const actions = may('ManagePools') && <Button data-testid="pool-create" onClick={() => setCreating(true)}>Create pool</Button>;
  return (
    <ListPage title="Pools" lead="Machines of one kind, kept ready to be lent." actions={actions} loading={pools.isPending} error={pools.error}>
      <DataTable
        id="pools" label="Pools" rows={rows} rowKey={({ name }) => name} rowTestId={({ name }) => `pool-${name}`} columns={columns} filters={filtersOf(rows)}
        search={{ hint: 'Name, image', texts: (pool) => [pool.name, pool.displayName, pool.image, pool.version] }} bulk={mayManage ? bulk : undefined}
        empty={{ title: 'No pools yet', text: 'Publish an image, then make a pool of it.' }}
      />
      {creating && <PoolWizard onClose={() => setCreating(false)} />}
      {dialog}
    </ListPage>
  );
}

const columns: Column<PoolView>[] = [
  { key: 'name', title: 'Name', sort: ({ name }) => name, cell: ({ name }) => <Link to={`/pools/${encodeURIComponent(name)}`}>{name}</Link> },
  { key: 'shown', title: 'Shown as', sort: shownName, cell: shownName },
  { key: 'state', title: 'State', wrap: true, sort: (pool) => pool.problem === null ? 1 : 0, cell: (pool) => <PoolState pool={pool} /> },
  { key: 'kind', title: 'Kind', sort: describeKind, cell: describeKind },
  { key: 'image', title: 'Image', sort: ({ image, version }) => `${image} ${version}`, cell: ({ image, version }) => <>{image} <code>{version}</code></> },
  { key: 'ready', title: 'Ready', number: true, sort: ({ available }) => available, cell: ({ available }) => available },
  { key: 'use', title: 'In use', number: true, sort: ({ inUse }) => inUse, cell: ({ inUse }) => inUse },
  { key: 'machines', title: 'Machines', number: true, sort: ({ total }) => total, cell: ({ total, maximum }) => `${total} of ${maximum}` },
  { key: 'spare', title: 'Spare', number: true, sort: ({ spareNow }) => spareNow, cell: ({ spareNow }) => spareNow },
];

const filtersOf = (pools: readonly PoolView[]): Filter<PoolView>[] => [
  { key: 'image', label: 'Image', choices: choicesOf(pools, ({ image }) => image), matches: ({ image }, value) => image === value },
  { key: 'assignment', label: 'Assignment', choices: choicesOf(pools, ({ assignment }) => assignment), matches: ({ assignment }, value) => assignment === value },
  { key: 'trouble', label: 'Problem', choices: [{ value: 'yes', label: 'With a problem' }, { value: 'no', label: 'Without' }], matches: ({ problem }, value) => (problem !== null) === (value === 'yes') },
];

function PoolState({ pool }: { pool: PoolView }) {
  if (pool.deleting) return <StateLabel state="Deleting" />;
  return (
    <>
      <StateLabel state={pool.problem === null ? 'ok' : 'warning'} /> {pool.problem?.what}
      {pool.push?.finishedAt === null && <> <StateLabel state={pool.push.state} /> {pool.push.toVersion}</>}
    </>
  );
}
