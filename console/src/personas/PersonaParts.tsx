import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import type { PersonaDetails, PersonaPartView } from '../api/types';
import { formatBytes, formatDateTime } from '../layout/format';
import { currentOf } from './personas';
import { ResetPartDialog } from './ResetPartDialog';
import { RestorePartDialog } from './RestorePartDialog';

interface Props {
  details: PersonaDetails;
  /** Whose; null for whoever is signed in. */
  user: string | null;
  /** Whether it may be changed. */
  manages: boolean;
}

/** What is kept of somebody's settings, each part to be taken back by itself. */
export function PersonaParts({ details, user, manages }: Props) {
  const [open, setOpen] = useState<{ kind: 'restore' | 'reset'; part: PersonaPartView } | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Table variant="compact" aria-label="Kept settings">
        <Thead><Tr><Th>Settings of</Th><Th>Saved</Th><Th>On</Th><Th>Size</Th><Th>Other versions</Th>{manages && <Th screenReaderText="Actions" />}</Tr></Thead>
        <Tbody>{details.parts.map((part) => <Part key={part.config} part={part} manages={manages} onOpen={(kind) => setOpen({ kind, part })} />)}</Tbody>
      </Table>
      {open?.kind === 'restore' && <RestorePartDialog user={user} part={open.part} onClose={close} />}
      {open?.kind === 'reset' && <ResetPartDialog user={user} part={open.part} onClose={close} />}
    </>
  );
}

function Part({ part, manages, onOpen }: { part: PersonaPartView; manages: boolean; onOpen: (kind: 'restore' | 'reset') => void }) {
  const current = currentOf(part);
  const others = part.versions.filter(({ state }) => state !== 'Current');
  const held = others.some(({ state }) => state === 'Held');
  return (
    <Tr data-testid={`persona-${part.config}`}>
      <Td dataLabel="Settings of">{part.displayName}</Td>
      <Td dataLabel="Saved">{current ? formatDateTime(current.savedAt) : <span className="mayfly-subtle">as the image has it</span>}</Td>
      <Td dataLabel="On">{current?.machine}</Td>
      <Td dataLabel="Size">{current && formatBytes(current.bytes)}</Td>
      <Td dataLabel="Other versions">{others.length === 0 ? <span className="mayfly-subtle">none</span> : `${others.length}${held ? ', one held back' : ''}`}</Td>
      {manages && (
        <Td isActionCell modifier="nowrap">
          <Button variant="link" isInline isDisabled={others.length === 0} aria-label={`Restore ${part.displayName}`} data-testid={`persona-restore-${part.config}`} onClick={() => onOpen('restore')}>Restore</Button>
          {' '}
          <Button variant="link" isInline isDisabled={current === null} aria-label={`Reset ${part.displayName}`} data-testid={`persona-reset-${part.config}`} onClick={() => onOpen('reset')}>Reset</Button>
        </Td>
      )}
    </Tr>
  );
}
