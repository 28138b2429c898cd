import type { IAction } from '@patternfly/react-table';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PersonaView } from '../api/types';
import { BulkDialog } from '../layout/BulkDialog';
import { formatBytes, formatDateTime, formatSince } from '../layout/format';
import { Loaded } from '../layout/Loaded';
import type { Column, Filter } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { PersonaDialog } from './PersonaDialog';
import { personaCalls, usePersonaChange, usePersonas } from './personas';

const columns: Column<PersonaView>[] = [
  { key: 'user', title: 'User', sort: ({ user }) => user, cell: ({ user }) => <User name={user} /> },
  { key: 'parts', title: 'Flex configs', number: true, sort: ({ parts }) => parts, cell: ({ parts }) => parts },
  { key: 'size', title: 'Size', number: true, sort: ({ bytes }) => bytes, cell: ({ bytes }) => formatBytes(bytes) },
  { key: 'stored', title: 'On disk', number: true, sort: ({ storedBytes }) => storedBytes, cell: ({ storedBytes }) => <span title="All versions, compressed">{formatBytes(storedBytes)}</span> },
  { key: 'held', title: 'Held back', number: true, sort: ({ held }) => held, cell: ({ held }) => held },
  { key: 'machine', title: 'Open on', sort: ({ machine }) => machine, cell: ({ machine }) => machine },
  { key: 'saved', title: 'Saved', sort: ({ savedAt }) => savedAt, cell: ({ savedAt }) => savedAt !== null && <time dateTime={savedAt} title={formatDateTime(savedAt)}>{formatSince(savedAt, new Date())}</time> },
];

const filters: Filter<PersonaView>[] = [
  { key: 'held', label: 'Held back', choices: [{ value: 'yes', label: 'Some' }, { value: 'no', label: 'None' }], matches: ({ held }, value) => (held > 0) === (value === 'yes') },
];

function User({ name }: { name: string }) {
  const { mayAnywhere } = useRights();
  return mayAnywhere('ViewUsers') ? <Link to={`/helpdesk/${encodeURIComponent(name)}`}>{name}</Link> : <>{name}</>;
}

/** Everybody of whom settings are kept. */
export function PersonasTab() {
  const personas = usePersonas();
  const { may } = useRights();
  const [open, setOpen] = useState<{ kind: 'show' | 'remove'; user: string } | null>(null);
  const remove = usePersonaChange(personaCalls.remove);
  const close = () => setOpen(null);
  const rowActions = ({ user }: PersonaView): IAction[] => [
    { title: 'Show', onClick: () => setOpen({ kind: 'show', user }) },
    ...(may('ManagePersonas') ? [{ isSeparator: true }, { title: 'Remove', isDanger: true, onClick: () => setOpen({ kind: 'remove', user }) }] : []),
  ];
  return (
    <>
      <Loaded query={personas} label="personas">
        {(rows) => (
          <DataTable
            id="personas" label="Personas" rows={rows} prefix="p." columns={columns} filters={filters} rowKey={({ user }) => user} rowTestId={({ user }) => `persona-${user}`}
            search={{ hint: 'User, machine', texts: ({ user, machine }) => [user, machine] }} rowActions={rowActions}
            empty={{ title: 'Nothing is kept yet', text: 'Set "Settings follow users" in a floating pool: what users have set is saved when they log off.' }}
          />
        )}
      </Loaded>
      {open?.kind === 'show' && <PersonaDialog user={open.user} onClose={close} />}
      {open?.kind === 'remove' && (
        <BulkDialog verb="Remove for good" nouns="users" names={[open.user]} labelOf={(user) => `all that is kept of ${user}`} act={(user) => remove.mutateAsync(user)} onClose={close}>
          <p><strong>All that is kept of {open.user} is lost, earlier versions too.</strong> Their next desktop is as the image has it. This can not be undone.</p>
        </BulkDialog>
      )}
    </>
  );
}
