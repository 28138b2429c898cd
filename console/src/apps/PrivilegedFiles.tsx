import { Label, Popover } from '@patternfly/react-core';
import { mainPart } from '../layout/inMain';
import './apps.css';

/** A warning with the files of a package that give rights; nothing where there are none. */
export function PrivilegedFiles({ version, files }: { version: string; files: readonly string[] }) {
  if (files.length === 0) return <span className="mayfly-subtle">no</span>;
  const text = files.length === 1 ? '1 file' : `${files.length} files`;
  return (
    <Popover
      appendTo={mainPart} headerComponent="h2" headerContent="Files that give rights" aria-label={`Files of version ${version} that give rights`} alertSeverityVariant="warning" alertSeverityScreenReaderText="Warning:"
      bodyContent={<><p>Whoever starts them runs them as another user. They were allowed when the package was made.</p><ul className="mayfly-files" tabIndex={0} aria-label="Files">{files.map((file) => <li key={file}>{file}</li>)}</ul></>}
    >
      <Label isCompact status="warning" onClick={() => undefined} data-testid={`package-rights-${version}`} aria-label={`${text} of version ${version} give rights; show them`}>{text}</Label>
    </Popover>
  );
}
