import { Button, FormSelect, FormSelectOption, Label, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { ProblemAlert } from '../layout/ProblemAlert';
import type { Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { useGroups } from '../users/groups';
import { useUsers } from '../users/users';
import { useChangeEntitlement, useEntitlements, type EntitlementChange, type Holder } from './entitlements';

interface Row { holder: Holder; name: string }

const columns: Column<Row>[] = [
  { key: 'name', title: 'Name', sort: ({ name }) => name, cell: ({ name }) => name },
  { key: 'kind', title: 'Kind', sort: ({ holder }) => holder, cell: ({ holder }) => holder === 'groups' ? <Label isCompact color="blue">Group</Label> : 'User' },
];

/** Who may use the pool: users and groups. */
export function Entitlements({ pool }: { pool: string }) {
  const { may } = useRights();
  const entitlements = useEntitlements(pool);
  const change = useChangeEntitlement(pool);
  const manages = may('ManagePools', pool);
  const rows = (entitlements.data ?? []).flatMap(({ user, group }): Row[] => user !== null ? [{ holder: 'users', name: user }] : group !== null ? [{ holder: 'groups', name: group }] : []);
  const withdraw: Column<Row> = { key: 'withdraw', title: 'Change', cell: (row) => <Withdraw row={row} onChange={(entitlement) => change.mutate(entitlement)} /> };
  const error = change.error ?? entitlements.error;
  return (
    <>
      {error && <ProblemAlert error={error} />}
      <DataTable
        id="entitlements" label="Entitlements" rows={rows} prefix="e." rowKey={({ holder, name }) => `${holder} ${name}`} search={{ hint: 'Name', texts: ({ name }) => [name] }}
        columns={manages ? [...columns, withdraw] : columns}
        actions={manages && may('ViewUsers', pool) && (
          <>
            <AddUser taken={rows} busy={change.isPending} onAdd={(name) => change.mutate({ holder: 'users', name, entitled: true })} />
            {may('ViewUsers') && <AddGroup taken={rows} busy={change.isPending} onAdd={(name) => change.mutate({ holder: 'groups', name, entitled: true })} />}
          </>
        )}
        empty={{ title: 'Nobody may use this pool yet', text: 'Entitle a user or a group to put its card on their portal.' }}
      />
    </>
  );
}

const Withdraw = ({ row: { holder, name }, onChange }: { row: Row; onChange: (change: EntitlementChange) => void }) => (
  <Button variant="link" isDanger isInline data-testid={`entitlement-remove-${name}`} aria-label={`Withdraw from ${name}`} onClick={() => onChange({ holder, name, entitled: false })}>Withdraw</Button>
);

interface AddProps { taken: readonly Row[]; busy: boolean; onAdd: (name: string) => void }

function AddUser({ taken, busy, onAdd }: AddProps) {
  const users = useUsers();
  const entitled = taken.filter(({ holder }) => holder === 'users').map(({ name }) => name);
  return <AddOne kind="user" choices={(users.data ?? []).filter(({ name }) => !entitled.includes(name))} busy={busy} onAdd={onAdd} />;
}

function AddGroup({ taken, busy, onAdd }: AddProps) {
  const groups = useGroups();
  const entitled = taken.filter(({ holder }) => holder === 'groups').map(({ name }) => name);
  const others = (groups.data ?? []).filter(({ name }) => !entitled.includes(name));
  return others.length === 0 ? null : <AddOne kind="group" choices={others} busy={busy} onAdd={onAdd} />;
}

interface OneProps { kind: 'user' | 'group'; choices: readonly { name: string; displayName: string }[]; busy: boolean; onAdd: (name: string) => void }

function AddOne({ kind, choices, busy, onAdd }: OneProps) {
  const [name, setName] = useState('');
  const prefix = kind === 'user' ? 'entitlement' : 'entitlement-group';
  return (
    <>
      <ToolbarItem>
        <FormSelect aria-label={`A ${kind} to entitle`} data-testid={kind === 'user' ? 'entitlement-user' : 'entitlement-group'} value={name} onChange={(_, value) => setName(value)}>
          <FormSelectOption value="" label={`Choose a ${kind}`} isDisabled />
          {choices.map((choice) => <FormSelectOption key={choice.name} value={choice.name} label={choice.displayName === choice.name ? choice.name : `${choice.displayName} (${choice.name})`} />)}
        </FormSelect>
      </ToolbarItem>
      <ToolbarItem><Button variant="secondary" data-testid={`${prefix}-add`} isLoading={busy} isDisabled={name === '' || busy} onClick={() => { onAdd(name); setName(''); }}>Entitle {kind}</Button></ToolbarItem>
    </>
  );
}
