import { ExpandableSection } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import { CheckField, LinesField, NumberField } from '../layout/fields';
import type { SettingsProps } from './poolDraft';

const longest = 600;

/** Fields that are folded away until they are wanted. */
export function Folded({ title, testId, children }: { title: string; testId: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <ExpandableSection toggleText={title} isExpanded={open} onToggle={(_, next) => setOpen(next)} isIndented data-testid={testId}>
      <div className="mayfly-stack">{children}</div>
    </ExpandableSection>
  );
}

/** Programs in the guest, and what happens when machines can not be made. */
export function AdvancedFields({ draft, change }: SettingsProps) {
  const help = 'The program, then its arguments, one a line; empty for none';
  return (
    <>
      <LinesField id="pool-post-sync" label="Program at the end of ClonePrep (post-sync)" value={draft.postSync} onChange={(postSync) => change({ postSync })} help={help} />
      {draft.postSync !== '' && <NumberField id="pool-post-sync-timeout" label="Its limit in seconds" value={draft.postSyncTimeoutSeconds} min={1} max={longest} onChange={(postSyncTimeoutSeconds) => change({ postSyncTimeoutSeconds })} />}
      <LinesField id="pool-power-off" label="Program before it is powered off or destroyed" value={draft.powerOff} onChange={(powerOff) => change({ powerOff })} help={help} />
      {draft.powerOff !== '' && <NumberField id="pool-power-off-timeout" label="Its limit in seconds" value={draft.powerOffTimeoutSeconds} min={1} max={longest} onChange={(powerOffTimeoutSeconds) => change({ powerOffTimeoutSeconds })} />}
      <CheckField id="pool-provisioning-enabled" label="Make machines" checked={draft.provisioningEnabled} onChange={(provisioningEnabled) => change({ provisioningEnabled })} help="When off, those there are go on" />
      <CheckField id="pool-stop-on-error" label="Stop at the first machine that fails for good" checked={draft.stopOnError} onChange={(stopOnError) => change({ stopOnError })} help="Until provisioning is enabled again" />
      <NumberField id="pool-attempts" label="Attempts a machine" value={draft.attempts} min={1} max={10} onChange={(attempts) => change({ attempts })} />
      <NumberField id="pool-error-threshold" label="Stop at percent failed" value={draft.errorThresholdPercent} min={1} max={100} onChange={(errorThresholdPercent) => change({ errorThresholdPercent })} help="Of the last 20 machines made" />
      <NumberField id="pool-keep-versions" label="Earlier versions kept" value={draft.keepVersions} min={0} max={10} onChange={(keepVersions) => change({ keepVersions })} help="Image versions that stay published for a rollback" />
    </>
  );
}
