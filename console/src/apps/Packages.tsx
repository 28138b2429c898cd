import { Label } from '@patternfly/react-core';
import type { IAction } from '@patternfly/react-table';
import { useState } from 'react';
import { saveFile } from '../api/http';
import type { AppView, PackageStage, PackageView } from '../api/types';
import type { ActionItem } from '../layout/ActionMenu';
import { BulkDialog } from '../layout/BulkDialog';
import { formatBytes, formatDate, formatDateTime } from '../layout/format';
import { ProblemAlert } from '../layout/ProblemAlert';
import { StateLabel } from '../layout/StateLabel';
import type { Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { appCalls, packagePath, useSetCurrent } from './apps';
import { PrivilegedFiles } from './PrivilegedFiles';
import { Programs } from './Programs';
import { stages } from './words';

interface Intent { packages: readonly PackageView[]; stage: PackageStage | null; clear: () => void }

/** The packages of an application, newest first. */
export function Packages({ app }: { app: AppView }) {
  const { may } = useRights();
  const setCurrent = useSetCurrent(app.name);
  const [intent, setIntent] = useState<Intent | null>(null);
  const manages = may('ManageApps');
  const bulk = (chosen: readonly PackageView[], clear: () => void): ActionItem[] => [
    ...stages.map(({ stage }) => {
      const packages = chosen.filter((each) => each.stage !== stage);
      return { title: packages.length === chosen.length ? stageVerb(stage) : `${stageVerb(stage)} (${packages.length} of ${chosen.length})`, testId: `bulk-${stage}`, disabled: packages.length === 0, onClick: () => setIntent({ packages, stage, clear }) };
    }),
    { title: 'Remove', testId: 'bulk-remove', danger: true, disabled: chosen.length === 0, onClick: () => setIntent({ packages: chosen, stage: null, clear }) },
  ];
  const one = (row: PackageView, stage: PackageStage | null) => setIntent({ packages: [row], stage, clear: () => undefined });
  const rowActions = (row: PackageView): IAction[] => [
    row.version === app.current
      ? { title: 'No longer current', onClick: () => setCurrent.mutate(null) }
      : { title: 'Make current', isDisabled: row.stage === 'Retired', onClick: () => setCurrent.mutate(row.version) },
    ...stages.filter(({ stage }) => stage !== row.stage).map(({ stage }): IAction => ({ title: stageVerb(stage), onClick: () => one(row, stage) })),
    { title: 'Download', onClick: () => saveFile(packagePath(app.name, row.version, '/file')) },
    { isSeparator: true },
    { title: 'Remove', isDanger: true, onClick: () => one(row, null) },
  ];
  return (
    <>
      {setCurrent.error && <ProblemAlert error={setCurrent.error} />}
      <DataTable
        id="packages" label="Packages" rows={app.packages} columns={columnsOf(app)} rowKey={({ version }) => version} rowTestId={({ version }) => `package-${version}`}
        search={{ hint: 'Version, program', texts: ({ version, os, programs }) => [version, os, ...programs.map(({ name }) => name)] }}
        filters={[{ key: 'stage', label: 'Stage', choices: stages.map(({ stage }) => ({ value: stage, label: stage })), matches: ({ stage }, value) => stage === value }]}
        bulk={manages ? bulk : undefined} rowActions={manages ? rowActions : undefined}
        empty={{ title: 'No packages yet', text: manages ? 'Make the first with "New package": install the application once, or import a file.' : 'Whoever manages applications makes the first.' }}
      />
      {intent && <PackageDialog app={app} {...intent} onClose={(done) => { if (done) intent.clear(); setIntent(null); }} />}
    </>
  );
}

const stageVerb = (stage: PackageStage): string => stage === 'Retired' ? 'Retire' : `Mark as ${stage.toLowerCase()}`;

const columnsOf = ({ name: app, current }: AppView): Column<PackageView>[] => [
  { key: 'version', title: 'Version', sort: ({ version }) => version, cell: ({ version, os, base }) => <><code>{version}</code>{version === current && <> <Label isCompact color="teal">current</Label></>}<p className="mayfly-subtle">{os ?? 'any system'}{base !== null && `, on ${base}`}</p></> },
  { key: 'stage', title: 'Stage', sort: ({ stage }) => stage, cell: ({ stage, version }) => <StateLabel state={stage} testId={`package-stage-${version}`} /> },
  { key: 'programs', title: 'Programs', wrap: true, cell: ({ version, programs }) => <Programs app={app} version={version} programs={programs} /> },
  { key: 'rights', title: 'Gives rights', sort: ({ privilegedFiles }) => privilegedFiles.length, cell: ({ version, privilegedFiles }) => <PrivilegedFiles version={version} files={privilegedFiles} /> },
  { key: 'size', title: 'Size', number: true, sort: ({ bytes }) => bytes, cell: ({ bytes, contentBytes }) => <span title={`${formatBytes(contentBytes)} unpacked`}>{formatBytes(bytes)}</span> },
  { key: 'machines', title: 'Machines', number: true, sort: ({ machines }) => machines, cell: ({ machines }) => machines },
  { key: 'made', title: 'Made', sort: ({ createdAt }) => createdAt, cell: ({ createdAt, createdBy }) => <><time dateTime={createdAt} title={formatDateTime(createdAt)}>{formatDate(createdAt)}</time>{createdBy !== null && <p className="mayfly-subtle">by {createdBy}</p>}</> },
];

function PackageDialog({ app, packages, stage, onClose }: { app: AppView; packages: readonly PackageView[]; stage: PackageStage | null; onClose: (done: boolean) => void }) {
  const act = (version: string) => stage === null ? appCalls.removePackage(app.name, version) : appCalls.setStage(app.name, version, stage);
  return (
    <BulkDialog verb={stage === null ? 'Remove' : stageVerb(stage)} nouns="packages" names={packages.map(({ version }) => version)} labelOf={(version) => `version ${version}`} act={act} harmless={stage !== null && stage !== 'Retired'} onClose={onClose}>
      {stage === null && <p>The file is deleted. A package that is assigned by its version, or attached to a machine, is refused.</p>}
      {stage === 'Retired' && <p>It is attached to nobody new. Machines that have it keep it until log-off; whoever is assigned it gets it no more.</p>}
      {stage !== null && stage !== 'Retired' && <p>{stages.find((known) => known.stage === stage)?.text}. Who gets it is said by assignments, and does not change.</p>}
    </BulkDialog>
  );
}
