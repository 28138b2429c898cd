import { Alert, AlertActionCloseButton, Button, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { call } from '../api/http';
import { BulkDialog } from '../layout/BulkDialog';
import { Loaded } from '../layout/Loaded';
import { ProblemAlert } from '../layout/ProblemAlert';
import type { Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { describeReport } from './directoryDraft';
import { directoryPath, useDirectories, useTestDirectory } from './directories';
import type { DirectoryView } from './directoryTypes';
import { LdapDialog } from './LdapDialog';
import { OpenIdDialog } from './OpenIdDialog';

type Dialog = { kind: 'ldap' | 'openid'; directory: DirectoryView | null } | { kind: 'remove'; names: readonly string[]; clear: () => void };

const kindOf = ({ ldap }: DirectoryView): 'ldap' | 'openid' => ldap !== null ? 'ldap' : 'openid';

const columns: Column<DirectoryView>[] = [
  { key: 'name', title: 'Name', sort: ({ name }) => name, cell: ({ name }) => name },
  { key: 'kind', title: 'Kind', sort: kindOf, cell: (directory) => kindOf(directory) === 'ldap' ? 'LDAP' : 'OpenID Connect' },
  { key: 'where', title: 'Where', wrap: true, cell: ({ ldap, openId }) => ldap?.servers.join(', ') ?? openId?.authority },
  { key: 'users', title: 'Users', number: true, sort: ({ users }) => users, cell: ({ users }) => users },
];

/** Where people come from beside the local users. */
export function DirectoriesTab() {
  const directories = useDirectories();
  const test = useTestDirectory();
  const { may } = useRights();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const manages = may('ManageHouse');
  const remove = (names: readonly string[], clear: () => void) => setDialog({ kind: 'remove', names, clear });
  const actions = manages && (
    <>
      <ToolbarItem><Button data-testid="ldap-add" onClick={() => setDialog({ kind: 'ldap', directory: null })}>Add LDAP</Button></ToolbarItem>
      <ToolbarItem><Button variant="secondary" data-testid="openid-add" onClick={() => setDialog({ kind: 'openid', directory: null })}>Add OpenID Connect</Button></ToolbarItem>
    </>
  );
  return (
    <>
      {test.error && <div data-testid="directory-test"><p><strong>{test.variables}</strong></p><ProblemAlert error={test.error} /></div>}
      {test.data && <Alert isInline component="p" variant="success" title={`${test.variables} works`} data-testid="directory-test" actionClose={<AlertActionCloseButton aria-label="Close" onClose={() => test.reset()} />}>{describeReport(test.data)}</Alert>}
      <Loaded query={directories} label="directories">
        {(rows) => (
          <DataTable
            id="directories" label="Directories" rows={rows} prefix="d." columns={columns} rowKey={({ name }) => name} rowTestId={({ name }) => `directory-${name}`} actions={actions}
            bulk={manages ? (chosen, clear) => [{ title: 'Remove', testId: 'bulk-remove', danger: true, onClick: () => remove(chosen.map(({ name }) => name), clear) }] : undefined}
            rowActions={manages ? (directory) => [
              { title: 'Test', isDisabled: test.isPending, onClick: () => test.mutate(directory.name) }, { title: 'Change', onClick: () => setDialog({ kind: kindOf(directory), directory }) },
              { isSeparator: true }, { title: 'Remove', isDanger: true, onClick: () => remove([directory.name], () => undefined) },
            ] : undefined}
            empty={{ title: 'No directories', text: 'Only local users can sign in. Add an LDAP directory or an OpenID Connect provider to let others in.' }}
          />
        )}
      </Loaded>
      {dialog?.kind === 'ldap' && <LdapDialog directory={dialog.directory?.ldap ?? null} onClose={close} />}
      {dialog?.kind === 'openid' && <OpenIdDialog provider={dialog.directory?.openId ?? null} onClose={close} />}
      {dialog?.kind === 'remove' && (
        <BulkDialog verb="Remove" nouns="directories" names={dialog.names} act={(name) => call('DELETE', directoryPath(name))} onClose={(done) => { if (done) dialog.clear(); close(); }}>
          <p>Nobody can sign in by it any longer. One that users or groups come from is refused: remove those first.</p>
        </BulkDialog>
      )}
    </>
  );
}
