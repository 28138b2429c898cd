import { ActionsColumn, Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Label } from '@patternfly/react-core';
import type { ImageVersionView, ImageView, WarmImageView } from '../api/types';
import { formatBytes, formatDateTime, formatSeconds } from '../layout/format';
import type { VersionOfImage } from './images';

interface Props { images: ImageView[]; onPublish: (version: VersionOfImage) => void; onUnpublish: (version: VersionOfImage) => void }

export function ImagesTable({ images, onPublish, onUnpublish }: Props) {
  return (
    <Table variant="compact" aria-label="Images" data-testid="images-table">
      <Thead>
        <Tr><Th modifier="nowrap">Image</Th><Th modifier="nowrap">Version</Th><Th modifier="nowrap">From</Th><Th modifier="nowrap">Made</Th><Th modifier="nowrap" className="mayfly-number">Disk</Th><Th modifier="nowrap">Warm image</Th><Th screenReaderText="Actions" /></Tr>
      </Thead>
      <Tbody>
        {images.flatMap((image) => image.versions.map((version) => (
          <VersionRow
            key={`${image.name} ${version.version}`} name={image.name} version={version}
            onPublish={() => onPublish({ name: image.name, version: version.version })} onUnpublish={() => onUnpublish({ name: image.name, version: version.version })}
          />
        )))}
      </Tbody>
    </Table>
  );
}

interface RowProps { name: string; version: ImageVersionView; onPublish: () => void; onUnpublish: () => void }

function VersionRow({ name, version, onPublish, onUnpublish }: RowProps) {
  const { warm } = version;
  return (
    <Tr data-testid={`image-${name}-${version.version}`}>
      <Td dataLabel="Image">{name}</Td>
      <Td dataLabel="Version"><code>{version.version}</code></Td>
      <Td dataLabel="From">{version.source}</Td>
      <Td dataLabel="Made" modifier="nowrap">{formatDateTime(version.createdAt)}</Td>
      <Td dataLabel="Disk" className="mayfly-number" modifier="nowrap">{formatBytes(version.diskBytes)}</Td>
      <Td dataLabel="Warm image">{warm ? <Warm warm={warm} /> : <span className="mayfly-subtle">not published</span>}</Td>
      <Td isActionCell>
        <ActionsColumn
          items={[
            { title: warm ? 'Publish again' : 'Publish', onClick: onPublish },
            { title: 'Unpublish', isDanger: true, isDisabled: warm === null, onClick: onUnpublish },
          ]}
        />
      </Td>
    </Tr>
  );
}

function Warm({ warm }: { warm: WarmImageView }) {
  const stored = `${formatBytes(warm.ramBytesStored)} of RAM stored, state ${formatBytes(warm.stateBytes)}`;
  return (
    <>
      <Label isCompact status="success" variant="outline">{warm.accelerator}, {formatBytes(warm.memoryBytes)}, {warm.cpus} CPU</Label>
      <p className="mayfly-subtle">{formatDateTime(warm.publishedAt)}: booted in {formatSeconds(warm.bootSeconds)}, frozen in {formatSeconds(warm.freezeSeconds)}; {stored}</p>
    </>
  );
}
