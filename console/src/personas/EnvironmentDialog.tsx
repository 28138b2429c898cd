import { call } from '../api/http';
import type { EnvironmentView } from '../api/types';
import { FileDialog, type NamedFile } from './FileDialog';
import { environmentPath, useEnvironmentChange } from './personas';

const first = `displayName: Staff
when: { group: staff }
variables: { PROJECT: apollo }
drives:
  - { name: files, server: files.example, path: staff }
folders: { Documents: "files/{user}" }
shortcuts:
  - { name: Intranet, url: "https://intranet.example" }
tasks:
  - { name: hello, at: logon, run: "true" }
`;
const help = 'when: group, pool, image, client, hours, days, file, variable, environment; all, any, not. Then variables, drives, folders, shortcuts, fileTypes, printing and tasks; leave out what is not needed. {user}, {pool} and {machine} stand for themselves.';

/** The file of an environment, to change or to write. */
export function EnvironmentDialog({ environment, onClose }: { environment: EnvironmentView | null; onClose: () => void }) {
  const save = useEnvironmentChange(({ name, yaml }: NamedFile) => call('PUT', environmentPath(name), { body: { yaml } }));
  return <FileDialog id="environment" title={environment?.displayName ?? 'A new environment'} file={environment} first={first} help={help} save={save} onClose={onClose} />;
}
