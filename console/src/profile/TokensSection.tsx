import { Alert, AlertActionCloseButton, Button, ClipboardCopy } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import type { ApiTokenView, MadeToken } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { formatDateTime } from '../layout/format';
import { ProblemAlert } from '../layout/ProblemAlert';
import { MakeTokenDialog } from './MakeTokenDialog';
import { useRevokeToken, useTokens } from './profile';
import { Section } from './Section';

/** Tokens with which programs act as the person. */
export function TokensSection() {
  const tokens = useTokens();
  const revoke = useRevokeToken();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeToken | null>(null);
  const [asking, setAsking] = useState<ApiTokenView | null>(null);
  const revoked = () => { setAsking(null); setMade(null); };
  return (
    <Section title="API tokens" actions={<Button variant="secondary" data-testid="token-make" onClick={() => setMaking(true)}>Make a token</Button>} testId="profile-tokens">
      <p className="mayfly-subtle">With a token, a program may do what you may do.</p>
      {made !== null && (
        <Alert isInline component="p" variant="success" title={`Token “${made.view.label}” was made`} data-testid="token-made" actionClose={<AlertActionCloseButton aria-label="Close" onClose={() => setMade(null)} />}>
          <p>It is shown only now. Send it as “Authorization: Bearer”.</p>
          <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied" textAriaLabel="Token" data-testid="token-text">{made.token}</ClipboardCopy>
        </Alert>
      )}
      {tokens.error && <ProblemAlert error={tokens.error} />}
      {tokens.data?.length === 0 && <p>You have no tokens.</p>}
      {tokens.data !== undefined && tokens.data.length > 0 && <TokensTable tokens={tokens.data} onRevoke={setAsking} />}
      {making && <MakeTokenDialog onClose={() => setMaking(false)} onMade={(token) => { setMaking(false); setMade(token); }} />}
      {asking !== null && (
        <ConfirmDialog title={`Revoke “${asking.label}”?`} verb="Revoke" busy={revoke.isPending} error={revoke.error} onConfirm={() => revoke.mutate(asking.id, { onSuccess: revoked })} onCancel={() => setAsking(null)}>
          Programs that use it are refused from then on.
        </ConfirmDialog>
      )}
    </Section>
  );
}

function TokensTable({ tokens, onRevoke }: { tokens: readonly ApiTokenView[]; onRevoke: (token: ApiTokenView) => void }) {
  return (
    <Table variant="compact" aria-label="API tokens">
      <Thead><Tr><Th>For</Th><Th>Made</Th><Th>Ends</Th><Th>Last used</Th><Th screenReaderText="Actions" /></Tr></Thead>
      <Tbody>
        {tokens.map((token) => (
          <Tr key={token.id} data-testid={`token-${token.id}`}>
            <Td dataLabel="For">{token.label}</Td>
            <Td dataLabel="Made">{formatDateTime(token.createdAt)}</Td>
            <Td dataLabel="Ends">{token.expiresAt === null ? 'Never' : formatDateTime(token.expiresAt)}</Td>
            <Td dataLabel="Last used">{token.lastUsedAt === null ? 'Never' : formatDateTime(token.lastUsedAt)}</Td>
            <Td isActionCell><Button variant="link" isInline isDanger aria-label={`Revoke ${token.label}`} data-testid={`token-revoke-${token.id}`} onClick={() => onRevoke(token)}>Revoke</Button></Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
