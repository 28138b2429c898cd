import { Alert, AlertActionCloseButton, Button, ClipboardCopy, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { call, segment } from '../api/http';
import type { ApiTokenView, MadeToken } from '../api/types';
import { BulkDialog } from '../layout/BulkDialog';
import { formatDateTime } from '../layout/format';
import { Loaded } from '../layout/Loaded';
import { choicesOf, type Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { MakeTokenDialog } from './MakeTokenDialog';
import { useTokens } from './tokens';

const at = (time: string | null, none: string) => time === null ? <span className="mayfly-subtle">{none}</span> : formatDateTime(time);

const columns: Column<ApiTokenView>[] = [
  { key: 'label', title: 'For', sort: ({ label }) => label, cell: ({ label }) => label },
  { key: 'user', title: 'Stands for', sort: ({ user }) => user, cell: ({ user }) => user },
  { key: 'made', title: 'Made', sort: ({ createdAt }) => createdAt, cell: ({ createdAt }) => formatDateTime(createdAt) },
  { key: 'ends', title: 'Ends', sort: ({ expiresAt }) => expiresAt, cell: ({ expiresAt }) => at(expiresAt, 'never') },
  { key: 'used', title: 'Last used', sort: ({ lastUsedAt }) => lastUsedAt, cell: ({ lastUsedAt }) => at(lastUsedAt, 'not yet') },
];

export function TokensTab() {
  const tokens = useTokens();
  const { may } = useRights();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeToken | null>(null);
  const [revoking, setRevoking] = useState<{ tokens: readonly ApiTokenView[]; clear: () => void } | null>(null);
  const manages = may('ManageUsers');
  return (
    <>
      {made && <TokenOnce made={made} onClose={() => setMade(null)} />}
      <Loaded query={tokens} label="API tokens">
        {(rows) => (
          <DataTable
            id="tokens" label="API tokens" rows={rows} prefix="t." columns={columns} rowKey={({ id }) => id} rowTestId={({ id }) => `token-${id}`}
            search={{ hint: 'Purpose, user', texts: ({ label, user }) => [label, user] }}
            filters={[{ key: 'user', label: 'User', choices: choicesOf(rows, ({ user }) => user), matches: ({ user }, value) => user === value }]}
            actions={manages && <ToolbarItem><Button data-testid="token-make" onClick={() => setMaking(true)}>Make a token</Button></ToolbarItem>}
            bulk={manages ? (chosen, clear) => [{ title: 'Revoke', testId: 'bulk-revoke', danger: true, onClick: () => setRevoking({ tokens: chosen, clear }) }] : undefined}
            rowActions={manages ? (token) => [{ title: 'Revoke', isDanger: true, onClick: () => setRevoking({ tokens: [token], clear: () => undefined }) }] : undefined}
            empty={{ title: 'No API tokens', text: 'A token lets a program use the API in place of a user.' }}
          />
        )}
      </Loaded>
      {making && <MakeTokenDialog onClose={() => setMaking(false)} onMade={(token) => { setMaking(false); setMade(token); }} />}
      {revoking && (
        <BulkDialog verb="Revoke" nouns="tokens" names={revoking.tokens.map(({ id }) => id)} labelOf={(id) => revoking.tokens.find((token) => token.id === id)?.label ?? id} act={(id) => call('DELETE', `/tokens/${segment(id)}`)} onClose={(done) => { if (done) revoking.clear(); setRevoking(null); }}>
          <p>Programs that use it are refused from now on: {revoking.tokens.map(({ label, user }) => `${label} of ${user}`).join(', ')}.</p>
        </BulkDialog>
      )}
    </>
  );
}

/** The token; the server does not tell it a second time. */
function TokenOnce({ made, onClose }: { made: MadeToken; onClose: () => void }) {
  return (
    <Alert isInline component="p" variant="success" title={`The token ${made.view.label} was made`} data-testid="token-made" actionClose={<AlertActionCloseButton aria-label="Close" onClose={onClose} />}>
      <p>It is shown only now. A program sends it as &quot;Authorization: Bearer&quot;, and may all that {made.view.user} may.</p>
      <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied" textAriaLabel={`Token ${made.view.label}`} data-testid="token-value">{made.token}</ClipboardCopy>
    </Alert>
  );
}
