import type { ProvisioningKind } from '../api/types';
import { ImageFields } from '../images/ImageFields';
import { SelectField, TextField } from '../layout/fields';
import type { PoolDraft } from './poolDraft';
import { assignments, provisionings } from './words';

interface Props { draft: PoolDraft; change: (part: Partial<PoolDraft>) => void }

/** What the machines are made of, and how. */
export function ImageStep({ draft, change }: Props) {
  // An image that is not published can be booted, but not forked.
  const provision = (provisioning: ProvisioningKind) => change(provisioning === 'Instant' ? { provisioning, image: '', version: '' } : { provisioning });
  return (
    <>
      <TextField id="pool-name" label="Name" required value={draft.name} onChange={(name) => change({ name })} help="1 to 63 of a-z, 0-9 and '-'; also the start of its machines' names" />
      <TextField id="pool-display-name" label="Shown as" value={draft.displayName} onChange={(displayName) => change({ displayName })} help="What users read on the card; the name when empty" />
      <SelectField id="pool-provisioning" label="Provisioning" value={draft.provisioning} choices={provisionings} onChange={provision} />
      <ImageFields id="pool" image={draft.image} version={draft.version} forked={draft.provisioning === 'Instant'} onChange={(image, version) => change({ image, version })} />
      <SelectField id="pool-assignment" label="Assignment" value={draft.assignment} choices={assignments} onChange={(assignment) => change({ assignment })} />
      <TextField id="pool-name-pattern" label="Machine names" value={draft.namePattern} onChange={(namePattern) => change({ namePattern })} help="{n} is a number, {n:fixed=3} pads it; NAME-{n} when empty" />
    </>
  );
}
