import { Card, CardBody } from '@patternfly/react-core';
import { Link } from 'react-router';

export function Count({ label, value, to, testId }: { label: string; value: number | string; to: string; testId: string }) {
  return (
    <Link to={to} className="mayfly-count">
      <Card isCompact isFullHeight>
        <CardBody>
          <p className="mayfly-subtle">{label}</p>
          <p className="mayfly-figure" data-testid={testId}>{value}</p>
        </CardBody>
      </Card>
    </Link>
  );
}
