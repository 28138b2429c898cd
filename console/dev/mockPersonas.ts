import type { FlexConfigView, PersonaArchiveState, PersonaDetails, PersonaView, WorkspaceView } from '../src/api/types';
import { ago } from './mockTime.ts';

const version = (id: string, state: PersonaArchiveState, minutes: number, bytes: number) => ({ id, state, savedAt: ago(minutes), machine: 'xfce-3', bytes, storedBytes: Math.round(bytes / 9) });

const persona = (user: string, part: Partial<PersonaView> = {}): PersonaView => ({ user, parts: 3, bytes: 9_200_000, storedBytes: 3_100_000, held: 0, savedAt: ago(95), machine: null, ...part });

const admin: PersonaDetails = {
  persona: persona('admin'),
  parts: [
    { config: 'documents', displayName: 'Documents', versions: [version('d1', 'Held', 95, 40_960), version('d2', 'Current', 1600, 9_100_000), version('d3', 'Earlier', 3100, 8_700_000)] },
    { config: 'firefox', displayName: 'Firefox', versions: [version('f1', 'Earlier', 95, 81_920)] },
    { config: 'panel', displayName: 'Panel', versions: [version('p1', 'Current', 95, 10_240), version('p2', 'Earlier', 1600, 10_240)] },
  ],
};

const config = (name: string, displayName: string, part: Partial<FlexConfigView> = {}): FlexConfigView => ({ name, displayName, enabled: true, programs: [], origin: 'Ready', yaml: `displayName: ${displayName}\ninclude: [.config/${name}]\n`, ...part });

const personas = [persona('admin', { held: 1, machine: 'xfce-2' }), persona('demo', { parts: 5, bytes: 61_440, storedBytes: 5_200, savedAt: ago(3000) })];

const workspaces: WorkspaceView[] = [
  { name: 'office', workspace: { displayName: 'Office', users: [], groups: ['staff'], pool: 'office', apps: ['gimp', 'scribus'], persona: false }, drift: [] },
  {
    name: 'design', workspace: { displayName: 'Design', users: ['demo'], groups: [], pool: 'xfce', apps: ['gimp'], persona: true },
    drift: [{ what: 'The settings of users of \'xfce\' do not follow them.', repairable: true }, { what: '\'demo\' has \'gimp\' in another version or delivery.', repairable: false }],
  },
];

export const personaAnswers = {
  'GET /predefined-settings': {
    body: [
      { id: 'd1', config: 'panel', group: 'staff', pool: null, environment: 'staff', enforced: true, from: 'admin', savedAt: ago(3000), bytes: 10_240 },
      { id: 'd2', config: 'firefox', group: null, pool: null, environment: null, enforced: false, from: 'admin', savedAt: ago(9000), bytes: 819_200 },
    ],
  },
  'GET /workspaces': { body: workspaces },
  'GET /personas': { body: { items: personas, next: null, total: personas.length } }, 'GET /personas/admin': { body: admin }, 'GET /me/persona': { body: admin },
  'GET /personas/demo': { body: { persona: personas[1], parts: [] } },
  'GET /environments': { body: [{ name: 'staff', displayName: 'Staff', enabled: true, yaml: 'displayName: Staff\nwhen: { group: staff }\nvariables: { PROJECT: apollo }\n' }, { name: 'exams', displayName: 'Exams', enabled: false, yaml: 'displayName: Exams\nenabled: false\n' }] },
  'GET /flex-configs': { body: [config('documents', 'Documents'), config('git', 'Git', { origin: 'Changed', enabled: false }), config('inkscape', 'Inkscape', { origin: 'Own' })] },
};
