import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { ListPage } from '../layout/ListPage';
import { NoRows } from '../layout/NoRows';
import { ProblemAlert } from '../layout/ProblemAlert';
import { BuildDialog } from './BuildDialog';
import { useImages, usePublishImage, useUnpublishImage, type VersionOfImage } from './images';
import { ImagesTable } from './ImagesTable';
import { ImportDialog } from './ImportDialog';
import { useOperations } from './operations';
import { OperationsList } from './OperationsList';

export default function ImagesPage() {
  const images = useImages();
  const operations = useOperations();
  const publish = usePublishImage();
  const [dialog, setDialog] = useState<'build' | 'import' | null>(null);
  const [dropping, setDropping] = useState<VersionOfImage | null>(null);
  const close = () => setDialog(null);
  const actions = (
    <>
      <Button data-testid="image-build" onClick={() => setDialog('build')}>Build</Button>
      <Button variant="secondary" data-testid="image-import" onClick={() => setDialog('import')}>Import</Button>
    </>
  );
  return (
    <ListPage title="Images" lead="Golden images and their versions. Publishing one makes the warm image that machines are forked from." actions={actions} loading={images.isPending} error={images.error}>
      <div className="mayfly-stack">
        {(publish.error ?? operations.error) && <ProblemAlert error={publish.error ?? operations.error} />}
        <OperationsList operations={operations.data ?? []} />
        {images.data?.length === 0
          ? <NoRows title="No images yet">Build one from a recipe, or import a qcow2 file that has the agent.</NoRows>
          : <ImagesTable images={images.data ?? []} onPublish={(version) => publish.mutate(version)} onUnpublish={setDropping} />}
      </div>
      {dialog === 'build' && <BuildDialog onClose={close} />}
      {dialog === 'import' && <ImportDialog onClose={close} />}
      {dropping && <Unpublish version={dropping} onClose={() => setDropping(null)} />}
    </ListPage>
  );
}

function Unpublish({ version, onClose }: { version: VersionOfImage; onClose: () => void }) {
  const unpublish = useUnpublishImage();
  return (
    <ConfirmDialog title={`Unpublish ${version.name} ${version.version}?`} verb="Unpublish" busy={unpublish.isPending} error={unpublish.error} onCancel={onClose} onConfirm={() => unpublish.mutate(version, { onSuccess: onClose })}>
      Its warm image is deleted: no machine can be forked from it until it is published again. The version itself stays.
    </ConfirmDialog>
  );
}
