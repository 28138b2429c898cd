import type { PoolAssignment, VolumeKind } from '../api/types';
import { CheckField, NumberField, SelectField, type Choice } from '../layout/fields';
import { volumeKinds } from '../volumes/words';
import type { SettingsProps } from './poolDraft';
import { attachFailureRules } from './words';

const none = 'None';
const choices: readonly Choice<VolumeKind | typeof none>[] = [{ value: none, label: 'None: each desktop is fresh' }, ...volumeKinds];

/** What is attached to desktops for their users: their own disk, and what happens when that, or an application, can not be attached. */
export function AttachFields({ draft, change, assignment }: SettingsProps & { assignment: PoolAssignment }) {
  return (
    <>
      {assignment === 'Dedicated'
        ? <p className="mayfly-subtle">A dedicated machine keeps its own disk, so its owner needs no writable volume, and their settings are there. Applications are attached to it as to any other.</p>
        : <VolumeFields draft={draft} change={change} />}
      <SelectField id="pool-attach-failure" label="When something can not be attached at logon" value={draft.onAttachFailure} choices={attachFailureRules} onChange={(onAttachFailure) => change({ onAttachFailure })} help="An application, or the user's volume" />
      <p className="mayfly-subtle">Which applications its users get is set on the page of each application.</p>
    </>
  );
}

const VolumeFields = ({ draft, change }: SettingsProps) => (
  <>
    <SelectField id="pool-volume" label="Users keep on a writable volume" value={draft.volume ?? none} choices={choices} onChange={(kind) => change({ volume: kind === none ? null : kind })} help="A disk of each user's own, attached to whichever machine they get" />
    {draft.volume !== null && (
      <>
        <NumberField id="pool-volume-size" label="Size in MiB" value={draft.volumeMib} min={64} max={1_048_576} step={1024} onChange={(volumeMib) => change({ volumeMib })} help="Of volumes that are made from now on; it takes of the host's disk only what is written" />
        <NumberField id="pool-volume-snapshots" label="Snapshots kept" value={draft.volumeSnapshots} min={0} max={20} onChange={(volumeSnapshots) => change({ volumeSnapshots })} help="One is taken before each logon, so that a user can be helped back to an earlier state" />
      </>
    )}
    <CheckField id="pool-persona" label="Settings follow users" checked={draft.persona} onChange={(persona) => change({ persona })} help="What they set in their programs, and their documents folders, come with them from one desktop to the next" />
  </>
);
