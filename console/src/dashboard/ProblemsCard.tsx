import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Link } from 'react-router';
import { problemFromFault } from '../api/problem';
import { ProblemAlert } from '../layout/ProblemAlert';
import type { PlacedProblem } from './collectProblems';

export function ProblemsCard({ problems }: { problems: PlacedProblem[] }) {
  return (
    <Card data-testid="dashboard-problems">
      <CardTitle component="h2">Problems</CardTitle>
      <CardBody className="mayfly-stack">
        {problems.length === 0 && <p className="mayfly-subtle">None: every pool has the shape it should have.</p>}
        {problems.map(({ place, to, fault }) => (
          <ProblemAlert key={place} variant="warning" error={problemFromFault(fault)} actions={<Link to={to}>{place}</Link>} />
        ))}
      </CardBody>
    </Card>
  );
}
