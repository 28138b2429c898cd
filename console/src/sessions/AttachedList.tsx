import { Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { Fault, SessionApp, SessionView } from '../api/types';
import { describeDelivery } from '../apps/words';
import { missingSettings } from './attached';

/** The applications, the volume and the environments of a session, and why something of them or of its settings is missing. */
export function AttachedList({ session: { user, apps, volume, volumeFault, persona, environment } }: { session: SessionView }) {
  const hasVolume = volume !== null || volumeFault !== null;
  const missing = [...missingSettings(persona), ...(environment?.problems ?? [])];
  const environments = environment?.names ?? [];
  if (apps.length + environments.length + missing.length === 0 && !hasVolume) return <p className="mayfly-subtle">Nothing is attached to this session.</p>;
  return (
    <Table variant="compact" borders={false} aria-label={`Attached for ${user}`} data-testid="attached">
      <Thead><Tr><Th>What</Th><Th>Version</Th><Th>State</Th></Tr></Thead>
      <Tbody>
        {apps.map((app) => (
          <Tr key={app.app}>
            <Td dataLabel="What">{app.displayName}</Td>
            <Td dataLabel="Version"><code>{app.version}</code></Td>
            <Td dataLabel="State"><AppState app={app} /></Td>
          </Tr>
        ))}
        {hasVolume && (
          <Tr>
            <Td dataLabel="What">Writable volume</Td>
            <Td dataLabel="Version" />
            <Td dataLabel="State">{volumeFault === null ? <Label isCompact variant="outline" status="success">Attached</Label> : <Why fault={volumeFault} />}</Td>
          </Tr>
        )}
        {environments.map((name) => (
          <Tr key={`environment ${name}`}>
            <Td dataLabel="What">Environment {name}</Td>
            <Td dataLabel="Version" />
            <Td dataLabel="State"><Label isCompact variant="outline" status="success">Given</Label></Td>
          </Tr>
        ))}
        {missing.map(({ name, fault }) => (
          <Tr key={`missing ${name}`}>
            <Td dataLabel="What">{name}</Td>
            <Td dataLabel="Version" />
            <Td dataLabel="State"><Why fault={fault} /></Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function AppState({ app: { attached, fault, delivery } }: { app: SessionApp }) {
  if (attached) return <><Label isCompact variant="outline" status="success">Attached</Label> <span className="mayfly-subtle">{describeDelivery(delivery)}</span></>;
  return fault === null ? <span className="mayfly-subtle">{delivery === 'Demand' ? 'when it is first started' : 'not yet'}</span> : <Why fault={fault} />;
}

const Why = ({ fault: { what, why, remedy, code } }: { fault: Fault }) => (
  <>
    <Label isCompact variant="outline" status="danger">Missing</Label>
    <p>{[what, why, remedy].filter(Boolean).join(' ')} <span className="mayfly-code">{code}</span></p>
  </>
);
