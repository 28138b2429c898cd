import { Bullseye, Card, CardBody, CardTitle, Spinner } from '@patternfly/react-core';
import { Table, Tbody, Td, Tr } from '@patternfly/react-table';
import type { DoctorReport } from '../api/types';
import { Facts } from '../layout/Facts';
import { ProblemAlert } from '../layout/ProblemAlert';
import { StateLabel } from '../layout/StateLabel';

/** What a host can do: the server's own unless the title says otherwise. */
export function DoctorCard({ report, error, title = 'This server' }: { report: DoctorReport | undefined; error: unknown; title?: string }) {
  return (
    <Card data-testid="dashboard-doctor">
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        {error !== null && <ProblemAlert error={error} />}
        {report === undefined && error === null && <Bullseye><Spinner aria-label="Looking at the host" /></Bullseye>}
        {report && <Report report={report} />}
      </CardBody>
    </Card>
  );
}

function Report({ report }: { report: DoctorReport }) {
  const facts: [string, string][] = [
    ['QEMU', report.qemu ?? 'not found'],
    ['Accelerator', report.accelerator],
    ['Isolation', report.isolated ? 'by KVM' : 'none (emulated)'],
  ];
  return (
    <>
      <Facts facts={facts} className="mayfly-facts" />
      <Table variant="compact" aria-label="What was found" borders={false}>
        <Tbody>
          {report.checks.map((check) => (
            <Tr key={check.name}>
              <Td dataLabel="Level" modifier="fitContent"><StateLabel state={check.level} /></Td>
              <Td dataLabel="Finding" modifier="breakWord"><div><strong>{check.name}</strong>: {check.message}{check.remedy && <p className="mayfly-subtle">{check.remedy}</p>}</div></Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}
