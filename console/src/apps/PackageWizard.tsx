import { FormGroup, Radio } from '@patternfly/react-core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AppView } from '../api/types';
import { captureDesktop, capturePage, useBeginCapture } from '../captures/captures';
import { Facts } from '../layout/Facts';
import { CheckField, LinesField, NumberField, SelectField, TextField } from '../layout/fields';
import { WizardDialog } from '../layout/WizardDialog';
import { ImageFields } from '../images/ImageFields';
import { useImportPackage } from './apps';
import { emptyPackage, lackOfContent, lackOfVersion, linesOf, toCapture, toImport, ways, type PackageDraft } from './packageDraft';
import { someOf } from './words';

interface Props { draft: PackageDraft; change: (part: Partial<PackageDraft>) => void }

/** From nothing to a package that is being made. */
export function PackageWizard({ app, onClose }: { app: AppView; onClose: () => void }) {
  const [draft, setDraft] = useState(emptyPackage);
  const [capture, imported] = [useBeginCapture(), useImportPackage()];
  const navigate = useNavigate();
  const change = (part: Partial<PackageDraft>) => setDraft({ ...draft, ...part });
  const submit = () => {
    if (draft.way === 'import') imported.mutate({ app: app.name, ...toImport(draft) }, { onSuccess: onClose });
    else capture.mutate(toCapture(app.name, draft), { onSuccess: ({ id }) => void navigate(draft.way === 'hand' ? captureDesktop(id) : capturePage(id)) });
  };
  const parts = [
    { id: 'how', name: 'Version and way', content: <HowStep draft={draft} change={change} />, lack: lackOfVersion(draft.version, app.packages.map(({ version }) => version)) },
    { id: 'what', name: draft.way === 'import' ? 'File' : 'Image and content', content: draft.way === 'import' ? <FileStep draft={draft} change={change} /> : <CaptureStep app={app} draft={draft} change={change} />, lack: lackOfContent(draft) },
    { id: 'rights', name: 'Rights', content: <RightsStep draft={draft} change={change} />, lack: null },
    { id: 'review', name: 'Review', content: <Review app={app} draft={draft} />, lack: null },
  ];
  return (
    <WizardDialog
      title={`New package of ${app.displayName}`} lead="One version of the application, on a read-only disk." testId="package-wizard" parts={parts} verb={draft.way === 'hand' ? 'Open its desktop' : 'Make package'}
      busy={capture.isPending || imported.isPending} error={capture.error ?? imported.error} onSubmit={submit} onClose={onClose}
    />
  );
}

const HowStep = ({ draft, change }: Props) => (
  <>
    <TextField id="package-version" label="Version" required value={draft.version} onChange={(version) => change({ version })} help="Letters, digits, '.', '-', '+' and '~', such as '1.4.2'" />
    <FormGroup role="radiogroup" label="How it is made">
      {ways.map(([way, label, description]) => <Radio key={way} id={`way-${way}`} data-testid={`way-${way}`} name="way" label={label} description={description} isChecked={draft.way === way} onChange={() => change({ way })} />)}
    </FormGroup>
  </>
);

function CaptureStep({ app, draft, change }: Props & { app: AppView }) {
  const bases = app.packages.map(({ version }) => ({ value: version, label: `Version ${version}` }));
  return (
    <>
      {draft.way === 'packages' && <LinesField id="package-packages" label="Debian packages" value={draft.packages} onChange={(packages) => change({ packages })} help="One name a line" />}
      {draft.way === 'files' && <LinesField id="package-files" label=".deb files" value={draft.files} onChange={(files) => change({ files })} help="One absolute path on the server a line" />}
      {draft.way === 'script' && <LinesField id="package-script" label="Script" value={draft.script} onChange={(script) => change({ script })} help="For /bin/sh; a line that fails ends it, and there is no package then" />}
      <ImageFields id="package" image={draft.image} version={draft.imageVersion} forked onChange={(image, imageVersion) => change({ image, imageVersion })} />
      <p className="mayfly-subtle">A machine of its own is forked from the image for this, and destroyed afterwards. The package fits desktops of the same operating system.</p>
      {bases.length > 0 && <SelectField id="package-base" label="Built on" value={draft.base} choices={[{ value: '', label: 'Nothing: it holds the whole application' }, ...bases]} onChange={(base) => change({ base })} help="What that package holds is there already; for an update" />}
      <NumberField id="package-size" label="At most, in MiB" value={draft.sizeMib} min={64} max={65_536} step={512} onChange={(sizeMib) => change({ sizeMib })} help="What can be written while it is made" />
    </>
  );
}

const FileStep = ({ draft, change }: Props) => (
  <TextField id="package-path" label="File on the server" required value={draft.path} onChange={(path) => change({ path })} help="Absolute path of a squashfs or tar archive with usr/, opt/ and etc/" />
);

const RightsStep = ({ draft, change }: Props) => (
  <CheckField
    id="package-privileged" label="Allow files that give rights" checked={draft.allowPrivileged} onChange={(allowPrivileged) => change({ allowPrivileged })}
    help="Programs that run as another user whoever starts them (setuid, setgid, capabilities). Without this, a package that has any is refused, and they are named. Allow it only for software you trust."
  />
);

function Review({ app, draft }: { app: AppView; draft: PackageDraft }) {
  const { way } = draft;
  const content = { hand: 'what is installed by hand', packages: someOf(linesOf(draft.packages), 6), files: someOf(linesOf(draft.files), 6), script: `a script of ${draft.script.split('\n').length} lines`, import: draft.path }[way];
  const captured = [
    ['Image', `${draft.image} ${draft.imageVersion === '' ? '(newest published)' : draft.imageVersion}`], ['Built on', draft.base === '' ? 'nothing' : `version ${draft.base}`], ['At most', `${draft.sizeMib} MiB`],
  ] as const;
  return (
    <Facts
      testId="package-review"
      facts={[
        ['Application', app.displayName], ['Version', draft.version], ['Made of', content], ...(way === 'import' ? [] : captured),
        ['Files that give rights', draft.allowPrivileged ? 'allowed' : 'refused'],
      ]}
    />
  );
}
