import { IdBadgeIcon } from '@patternfly/react-icons';
import { ComingPage } from '../layout/ComingPage';

export default function PersonasPage() {
  return (
    <ComingPage
      title="Personas" lead="What a user keeps from one fresh desktop to the next." icon={IdBadgeIcon}
      will={['Each user\'s kept settings and files, with their size', 'Which parts of a home directory are kept, and for whom', 'Going back to an earlier state of one user']}
    />
  );
}
