import { Label } from '@patternfly/react-core';
import type { WarmImageView } from '../api/types';
import { formatBytes, formatDateTime, formatSeconds } from '../layout/format';
import { choicesOf, type Column, type Filter } from '../layout/table/columns';
import type { ImageRow } from './imageRows';

export const imageColumns: Column<ImageRow>[] = [
  { key: 'name', title: 'Image', sort: ({ name }) => name, cell: ({ name }) => name },
  { key: 'version', title: 'Version', sort: ({ version }) => version, cell: ({ version, newest }) => <><code>{version}</code>{newest && <> <Label isCompact variant="outline">newest</Label></>}</> },
  { key: 'source', title: 'From', sort: ({ source }) => source, cell: ({ source }) => source },
  { key: 'made', title: 'Made', sort: ({ createdAt }) => createdAt, cell: ({ createdAt }) => formatDateTime(createdAt) },
  { key: 'disk', title: 'Disk', number: true, sort: ({ diskBytes }) => diskBytes, cell: ({ diskBytes }) => formatBytes(diskBytes) },
  { key: 'warm', title: 'Warm image', wrap: true, sort: ({ warm }) => warm?.publishedAt ?? null, cell: ({ warm }) => warm ? <Warm warm={warm} /> : <span className="mayfly-subtle">not published</span> },
];

export const imageFilters = (rows: readonly ImageRow[]): Filter<ImageRow>[] => [
  { key: 'image', label: 'Image', choices: choicesOf(rows, ({ name }) => name), matches: ({ name }, value) => name === value },
  { key: 'published', label: 'Published', choices: [{ value: 'yes', label: 'Published' }, { value: 'no', label: 'Not published' }], matches: ({ warm }, value) => (warm !== null) === (value === 'yes') },
];

function Warm({ warm }: { warm: WarmImageView }) {
  const stored = `${formatBytes(warm.ramBytesStored)} of RAM stored, state ${formatBytes(warm.stateBytes)}`;
  const made = warm.pauseSeconds !== null
    ? `copied in ${formatSeconds(warm.bootSeconds)} from a machine that stood still for ${formatSeconds(warm.pauseSeconds)}`
    : `booted in ${formatSeconds(warm.bootSeconds)}, frozen in ${formatSeconds(warm.freezeSeconds)}`;
  return (
    <>
      <Label isCompact status="success" variant="outline">{warm.accelerator}, {formatBytes(warm.memoryBytes)}, {warm.cpus} CPU</Label>
      <p className="mayfly-subtle">{formatDateTime(warm.publishedAt)}: {made}; {stored}</p>
    </>
  );
}
