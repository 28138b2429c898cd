import type { PoolAssignment } from '../api/types';

/** What a reset costs: a kept desktop is turned off and on; one that is not kept is replaced. */
export const resetQuestion = (assignment: PoolAssignment): string => assignment === 'Dedicated'
  ? 'Its power is cut and it is turned on again. Unsaved work in it is lost; its files stay.'
  : 'Your session ends and the desktop is destroyed, with everything in it. The next one you open is new.';
