import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { ListPage } from '../layout/ListPage';
import { EventList } from './EventList';
import { ExportDialog } from './ExportDialog';

export default function EventsPage() {
  const [exporting, setExporting] = useState(false);
  const actions = <Button variant="secondary" data-testid="events-export" onClick={() => setExporting(true)}>Export</Button>;
  return (
    <ListPage title="Events" lead="What happened in this house, newest first." actions={actions} loading={false} error={null}>
      <EventList />
      {exporting && <ExportDialog onClose={() => setExporting(false)} />}
    </ListPage>
  );
}
