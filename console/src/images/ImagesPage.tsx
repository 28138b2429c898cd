import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { BulkDialog } from '../layout/BulkDialog';
import { ListPage } from '../layout/ListPage';
import { ProblemAlert } from '../layout/ProblemAlert';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { imageColumns, imageFilters } from './imageColumns';
import { imageRows, rowKey, type ImageRow } from './imageRows';
import { unpublish, useImages, usePublishImage } from './images';
import { ImageWizard } from './ImageWizard';
import { usePublishMadeError } from './makeImage';
import { useOperations } from './operations';
import { OperationsList } from './OperationsList';

interface Dropping { versions: readonly ImageRow[]; clear: () => void }

export default function ImagesPage() {
  const images = useImages();
  const operations = useOperations();
  const publish = usePublishImage();
  const madeError = usePublishMadeError();
  const { may } = useRights();
  const [making, setMaking] = useState(false);
  const [dropping, setDropping] = useState<Dropping | null>(null);
  const manages = may('ManageImages');
  const rows = imageRows(images.data ?? []);
  const error = publish.error ?? madeError ?? operations.error;
  const bulk = (chosen: readonly ImageRow[], clear: () => void) => {
    const published = chosen.filter(({ warm }) => warm !== null);
    return [{ title: published.length === chosen.length ? 'Unpublish' : `Unpublish (${published.length} of ${chosen.length})`, testId: 'bulk-unpublish', danger: true, disabled: published.length === 0, onClick: () => setDropping({ versions: published, clear }) }];
  };
  const rowActions = (row: ImageRow) => [
    { title: row.warm ? 'Publish again' : 'Publish', onClick: () => publish.mutate(row) },
    { title: 'Unpublish', isDanger: true, isDisabled: row.warm === null, onClick: () => setDropping({ versions: [row], clear: () => undefined }) },
  ];
  return (
    <ListPage title="Images" lead="Golden images and their versions. Publishing one makes the warm image that machines are forked from." actions={manages && <Button data-testid="image-make" onClick={() => setMaking(true)}>Make an image</Button>} loading={images.isPending} error={images.error}>
      <div className="mayfly-stack">
        {error && <ProblemAlert error={error} />}
        <OperationsList operations={operations.data ?? []} />
        <div>
          <DataTable
            id="images" label="Images" rows={rows} columns={imageColumns} filters={imageFilters(rows)} rowKey={rowKey} rowTestId={({ name, version }) => `image-${name}-${version}`}
            search={{ hint: 'Image, version', texts: ({ name, version, source }) => [name, version, source] }} bulk={manages ? bulk : undefined} rowActions={manages ? rowActions : undefined}
            empty={{ title: 'No images yet', text: 'Build one from a recipe, or import a qcow2 file that has the agent.' }}
          />
        </div>
      </div>
      {making && <ImageWizard onClose={() => setMaking(false)} />}
      {dropping && <Unpublish {...dropping} onClose={(done) => { if (done) dropping.clear(); setDropping(null); }} />}
    </ListPage>
  );
}

function Unpublish({ versions, onClose }: { versions: readonly ImageRow[]; onClose: (done: boolean) => void }) {
  const of = new Map(versions.map((row) => [rowKey(row), row]));
  const act = async (key: string): Promise<unknown> => { const row = of.get(key); return row && unpublish(row); };
  return (
    <BulkDialog verb="Unpublish" nouns="versions" names={[...of.keys()]} act={act} onClose={onClose}>
      <p>The warm image is deleted: no machine can be forked from it until it is published again. The version itself stays.</p>
    </BulkDialog>
  );
}
