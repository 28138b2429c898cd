import { call } from '../api/http';
import type { FlexConfigView } from '../api/types';
import { FileDialog, type NamedFile } from './FileDialog';
import { configPath, useFlexConfigChange } from './personas';

const empty = 'displayName: \ninclude: [.config/program]\nexclude: []\nxfconf: []\n';
const help = 'include: paths in the home, * and ? for any characters of one name. exclude: patterns of tar. xfconf: channels of Xfce\'s settings. when: for which logons it is. enabled: false keeps nothing of it.';

/** The file of a Flex config, to read, to change or to write; a new one begins with what is told. */
export function FlexConfigDialog({ config, readOnly, first = empty, onClose }: { config: FlexConfigView | null; readOnly: boolean; first?: string; onClose: () => void }) {
  const save = useFlexConfigChange(({ name, yaml }: NamedFile) => call('PUT', configPath(name), { body: { yaml } }));
  return <FileDialog id="flex-config" title={config?.displayName ?? 'A new Flex config'} file={config} first={first} help={help} readOnly={readOnly} save={save} onClose={onClose} />;
}
