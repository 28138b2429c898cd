import { useState } from 'react';
import type { VolumeView } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { NumberField } from '../layout/fields';
import { useVolumeChange, volumeCalls } from './volumes';
import { formatMib, volumeName } from './words';

const most = 1_048_576;

export function GrowDialog({ volume, onClose }: { volume: VolumeView; onClose: () => void }) {
  const [sizeMib, setSizeMib] = useState(Math.min(most, volume.sizeMib * 2));
  const grow = useVolumeChange(volume.id, (size: number) => volumeCalls.grow(volume.id, size));
  return (
    <FormDialog title={`Grow the volume of ${volumeName(volume)}`} verb="Grow" testId="grow-dialog" busy={grow.isPending} error={grow.error} valid={sizeMib > volume.sizeMib} onSubmit={() => grow.mutate(sizeMib, { onSuccess: onClose })} onClose={onClose}>
      <NumberField id="volume-size" label="New size in MiB" value={sizeMib} min={volume.sizeMib} max={most} step={1024} onChange={setSizeMib} help={`It has ${formatMib(volume.sizeMib)} now, and can not be made smaller again`} />
    </FormDialog>
  );
}
