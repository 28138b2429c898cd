import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PoolView } from '../api/types';
import { ListPage } from '../layout/ListPage';
import { NoRows } from '../layout/NoRows';
import { StateLabel } from '../layout/StateLabel';
import { CreatePoolDialog } from './CreatePoolDialog';
import { usePools } from './pools';

export default function PoolsPage() {
  const pools = usePools();
  const [creating, setCreating] = useState(false);
  const actions = <Button data-testid="pool-create" onClick={() => setCreating(true)}>Create pool</Button>;
  return (
    <ListPage title="Pools" lead="Machines of one kind, kept ready to be lent." actions={actions} loading={pools.isPending} error={pools.error}>
      {pools.data?.length === 0
        ? <NoRows title="No pools yet">Publish an image, then make a pool of it.</NoRows>
        : <PoolsTable pools={pools.data ?? []} />}
      {creating && <CreatePoolDialog onClose={() => setCreating(false)} />}
    </ListPage>
  );
}

function PoolsTable({ pools }: { pools: PoolView[] }) {
  return (
    <Table variant="compact" aria-label="Pools" data-testid="pools-table">
      <Thead>
        <Tr><Th modifier="nowrap">Name</Th><Th modifier="nowrap">Shown as</Th><Th modifier="nowrap">State</Th><Th modifier="nowrap">Image</Th><Th modifier="nowrap" className="mayfly-number">Ready</Th><Th modifier="nowrap" className="mayfly-number">In use</Th><Th modifier="nowrap" className="mayfly-number">Machines</Th><Th modifier="nowrap" className="mayfly-number">Spare</Th><Th modifier="nowrap" className="mayfly-number">At most</Th></Tr>
      </Thead>
      <Tbody>
        {pools.map((pool) => (
          <Tr key={pool.name} data-testid={`pool-${pool.name}`}>
            <Td dataLabel="Name"><Link to={`/pools/${encodeURIComponent(pool.name)}`}>{pool.name}</Link></Td>
            <Td dataLabel="Shown as">{pool.displayName}</Td>
            <Td dataLabel="State"><StateLabel state={pool.problem === null ? 'ok' : 'warning'} /> {pool.problem?.what}</Td>
            <Td dataLabel="Image" modifier="nowrap">{pool.image} <code>{pool.version}</code></Td>
            <Td dataLabel="Ready" className="mayfly-number">{pool.available}</Td>
            <Td dataLabel="In use" className="mayfly-number">{pool.inUse}</Td>
            <Td dataLabel="Machines" className="mayfly-number">{pool.total}</Td>
            <Td dataLabel="Spare" className="mayfly-number">{pool.spare}</Td>
            <Td dataLabel="At most" className="mayfly-number">{pool.maximum}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
