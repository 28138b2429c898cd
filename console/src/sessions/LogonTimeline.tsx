import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { SessionStep } from '../api/types';
import { formatSeconds } from '../layout/format';
import './sessions.css';

/** What each step of a logon took, as a bar and in words. */
export function LogonTimeline({ steps }: { steps: readonly SessionStep[] }) {
  const whole = sum(steps);
  return (
    <Table variant="compact" borders={false} aria-label="Steps of the logon" data-testid="logon-timeline">
      <Thead><Tr><Th>Step</Th><Th screenReaderText="Share" /><Th className="mayfly-number">Took</Th></Tr></Thead>
      <Tbody>
        {steps.map(({ name, seconds }, index) => {
          const from = sum(steps.slice(0, index));
          return (
            <Tr key={name}>
              <Td dataLabel="Step" modifier="nowrap">{name}</Td>
              <Td dataLabel="Share"><span className="mayfly-step" aria-hidden="true"><span style={{ insetInlineStart: `${percent(from, whole)}%`, inlineSize: `${percent(seconds, whole)}%` }} /></span></Td>
              <Td dataLabel="Took" className="mayfly-number" modifier="nowrap">{formatSeconds(seconds)}</Td>
            </Tr>
          );
        })}
        <Tr><Td dataLabel="Step"><strong>in all</strong></Td><Td dataLabel="Share" /><Td dataLabel="Took" className="mayfly-number" modifier="nowrap"><strong>{formatSeconds(whole)}</strong></Td></Tr>
      </Tbody>
    </Table>
  );
}

const sum = (steps: readonly SessionStep[]): number => steps.reduce((before, { seconds }) => before + seconds, 0);
const percent = (part: number, whole: number): number => whole === 0 ? 0 : (100 * part) / whole;
