/** A key as VNC names it: the X keysym and the code of the key's place on the keyboard. */
export type Key = readonly [keysym: number, code: string];

const control: Key = [0xffe3, 'ControlLeft'];
const alt: Key = [0xffe9, 'AltLeft'];

export interface Chord { name: string; testId: string; keys: readonly Key[] }

/** What a browser or the system under it keeps to itself when it is pressed. */
export const chords: readonly Chord[] = [
  { name: 'Ctrl+Alt+F1', testId: 'key-f1', keys: [control, alt, [0xffbe, 'F1']] },
  { name: 'Ctrl+Alt+F2', testId: 'key-f2', keys: [control, alt, [0xffbf, 'F2']] },
  { name: 'Alt+Tab', testId: 'key-alt-tab', keys: [alt, [0xff09, 'Tab']] },
  { name: 'Super', testId: 'key-super', keys: [[0xffeb, 'MetaLeft']] },
  { name: 'Print', testId: 'key-print', keys: [[0xff61, 'PrintScreen']] },
];

/** Presses the keys in their order and lets them go in the other. */
export function pressChord(send: (keysym: number, code: string, down: boolean) => void, keys: readonly Key[]): void {
  for (const [keysym, code] of keys) send(keysym, code, true);
  for (const [keysym, code] of keys.toReversed()) send(keysym, code, false);
}
