import type { OpeningStep } from '../api/types';

/** From the click to the first picture: the first four are the server's, the others the page's. */
export const waitingSteps = ['Finding a desktop', 'Making or starting it', 'Preparing it for you', 'Attaching your applications and your disk', 'Connecting to the screen', 'Drawing the first picture'] as const;

export const connectingStep = 4;
export const drawingStep = 5;

const indexes: Record<OpeningStep, number> = { Finding: 0, Making: 1, Preparing: 2, Attaching: 3, Ready: connectingStep, Failed: 0 };

/** Where a step of the server is among them; one of a newer server is taken for the first. */
export const stepIndex = (step: OpeningStep): number => Object.hasOwn(indexes, step) ? indexes[step] : 0;
