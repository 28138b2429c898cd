import type { IAction } from '@patternfly/react-table';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { CaptureView } from '../api/types';
import { BulkDialog } from '../layout/BulkDialog';
import { formatDateTime } from '../layout/format';
import { Loaded } from '../layout/Loaded';
import { StateLabel } from '../layout/StateLabel';
import type { Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { cancelCapture, captureDesktop, capturePage, isOver, useCaptures } from './captures';
import { describeCapture } from './words';

/** Every capture of an application, newest first. */
export function CapturesTable({ app }: { app: string }) {
  const captures = useCaptures(app);
  const { may } = useRights();
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState<CaptureView | null>(null);
  const rowActions = (row: CaptureView): IAction[] => isOver(row) ? [] : [
    ...(row.state === 'Open' ? [{ title: 'Go to its desktop', onClick: () => void navigate(captureDesktop(row.id)) }] : []),
    { title: 'Give up', isDanger: true, onClick: () => setLeaving(row) },
  ];
  return (
    <Loaded query={captures} label="captures">
      {(rows) => (
        <>
          <DataTable
            id="captures" label="Captures" rows={rows} columns={columns} prefix="c." rowKey={({ id }) => id} rowTestId={({ version }) => `capture-${version}`}
            search={{ hint: 'Version, image', texts: ({ version, image, startedBy }) => [version, image, startedBy] }} rowActions={may('ManageApps') ? rowActions : undefined}
            empty={{ title: 'Nothing was captured yet', text: 'A capture installs the application on a machine of its own, and makes a package of what that changes.' }}
          />
          {leaving && (
            <BulkDialog verb="Give up" nouns="captures" names={[leaving.id]} labelOf={() => `the capture of ${leaving.version}`} act={cancelCapture} onClose={() => setLeaving(null)}>
              <p>Its machine is destroyed with what was installed on it. There will be no package.</p>
            </BulkDialog>
          )}
        </>
      )}
    </Loaded>
  );
}

const columns: Column<CaptureView>[] = [
  { key: 'version', title: 'Version', sort: ({ version }) => version, cell: ({ id, version, base }) => <><Link to={capturePage(id)}>{version}</Link>{base !== null && <span className="mayfly-subtle"> on {base}</span>}</> },
  { key: 'state', title: 'State', sort: ({ state }) => state, cell: ({ state, version }) => <StateLabel state={state} testId={`capture-state-${version}`} /> },
  { key: 'step', title: 'What is done', wrap: true, cell: (capture) => <span className="mayfly-subtle">{describeCapture(capture)}</span> },
  { key: 'image', title: 'Image', sort: ({ image }) => image, cell: ({ image }) => image },
  { key: 'by', title: 'By', sort: ({ startedBy }) => startedBy, cell: ({ startedBy }) => startedBy },
  { key: 'began', title: 'Began', sort: ({ startedAt }) => startedAt, cell: ({ startedAt }) => formatDateTime(startedAt) },
];
