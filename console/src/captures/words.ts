import type { CaptureState, CaptureView } from '../api/types';

/** From the beginning to the package. */
export const captureSteps = ['Make a machine', 'Install', 'Pack what was changed'] as const;

const indexes: Record<CaptureState, number> = { Starting: 0, Open: 1, Installing: 1, Packing: 2, Done: captureSteps.length, Failed: -1, Cancelled: -1 };

/** Which of the steps is under way; their number once all are done, -1 when there will be no package. */
export const captureStep = (state: CaptureState): number => Object.hasOwn(indexes, state) ? indexes[state] : 0;

const sentences: Record<CaptureState, string> = {
  Starting: 'A machine is being made.', Open: 'It waits for somebody to install by hand, then finish.', Installing: 'It installs by itself.',
  Packing: 'What was changed is being packed.', Done: 'The package is made.', Failed: 'There is no package.', Cancelled: 'It was given up.',
};

/** What is being done, as a sentence; what the server says of it goes first. */
export function describeCapture({ state, step, fault }: Pick<CaptureView, 'state' | 'step' | 'fault'>): string {
  if (fault !== null) return fault.what;
  return step === null ? sentences[state] : `${step.charAt(0).toUpperCase()}${step.slice(1)}`;
}
